package eigengrad.simd;

/** The lanes of a vector side by side: each family of kernels in its own file, gathered here. */
final class VectorBatchKernels implements BatchKernels {
  static final VectorBatchKernels INSTANCE = new VectorBatchKernels();

  private VectorBatchKernels() {}

  @Override
  public void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset) {
    BatchScaling.inspect(n, lowerOnly, a, aOffset, largest, asymmetry, offset);
  }

  @Override
  public void smallest(int n, double[] a, int aOffset, double[] smallest, int offset) {
    BatchScaling.smallest(n, a, aOffset, smallest, offset);
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half) {
    BatchScaling.scaleInto(n, factors, a, aOffset, b, half);
  }

  @Override
  public void jacobi(
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    BatchJacobi.solve(n, lanes, maxSweeps, a, d, v, failed);
  }

  @Override
  public void tridiagonalize(int n, int lanes, double[] a, double[] d, double[] e, double[] work) {
    BatchHouseholder.tridiagonalize(n, lanes, a, d, e, work);
  }

  @Override
  public void implicitQr(
      int n,
      int lanes,
      int maxSweeps,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed) {
    BatchQr.solve(n, lanes, maxSweeps, d, e, q, work, failed);
  }

  @Override
  public void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work) {
    BatchArrangement.arrange(
        n, factors, d, v, half, values, valuesOffset, vectors, vectorsOffset, work);
  }
}
