package eigengrad.linalg.internal.svd.batch;

/** How the m×n matrices of a pair of lane blocks are solved, once they are scaled; m ≥ n. */
sealed interface LaneMethod permits LaneRotations, LaneQr {
  /**
   * Singular values, and the vectors if they are wanted.
   *
   * @param m rows
   * @param n columns
   * @param lanes matrices of the pair that are wanted
   * @param vectors whether vectors are wanted; the values are the same bits either way
   * @param maxIterations sweeps of Jacobi's method, or of QR per singular value
   * @param a A, max |a| near 1; destroyed
   * @param failed overwritten: 0 where it converged, positive elsewhere
   */
  void solve(
      int m, int n, int lanes, boolean vectors, int maxIterations, double[] a, double[] failed);

  /**
   * The values of one lane block, descending.
   *
   * @param factors two for each matrix, that the values are multiplied by
   * @param a what {@link #solve} has made of A
   * @param half where the lane block is
   * @param values overwritten, interleaved
   * @param valuesOffset where they start
   */
  void values(
      int m, int n, double[] factors, double[] a, int half, double[] values, int valuesOffset);

  /**
   * The values of one lane block, and their vectors in their final form.
   *
   * @param signsOfV whether it is V whose components are made positive
   * @param left overwritten, interleaved, m×n
   * @param leftOffset where they start
   * @param right overwritten, interleaved, n×n
   * @param rightOffset where they start
   */
  void vectors(
      int m,
      int n,
      boolean signsOfV,
      double[] factors,
      double[] a,
      int half,
      double[] values,
      int valuesOffset,
      double[] left,
      int leftOffset,
      double[] right,
      int rightOffset);

  /** Whether the left vectors of zero singular values are there, and not 0. */
  boolean hasVectorsOfZeros();
}
