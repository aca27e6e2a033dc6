package eigengrad.linalg.conquer;

import eigengrad.simd.Kernels;

/**
 * Collects the plane rotations of one QL sweep, each of a column and its neighbour, and applies
 * them together.
 */
final class ColumnRotations {
  private final int n;
  private final double[] vectors;
  private final double[] cosines;
  private final double[] sines;
  private int count;

  /**
   * Rotations of a matrix of vectors.
   *
   * @param n rows and columns
   * @param vectors n×n, updated
   */
  ColumnRotations(int n, double[] vectors) {
    this.n = n;
    this.vectors = vectors;
    this.cosines = new double[n];
    this.sines = new double[n];
  }

  /** The next rotation: of the column reached so far and the one after it. */
  void add(double c, double s) {
    cosines[count] = c;
    sines[count] = s;
    count++;
  }

  /**
   * Applies what was collected, from one column on.
   *
   * @param column the first
   * @param step from a column to the next, 1 or −1
   */
  void applyFrom(int column, int step) {
    Kernels.active().rotateChain(n, count, vectors, column * n, step * n, cosines, sines);
    count = 0;
  }
}
