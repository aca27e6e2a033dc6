package eigengrad.simd;

/** The lanes of a vector side by side: each family of kernels in its own file, gathered here. */
final class VectorBatchKernels implements BatchKernels {
  static final VectorBatchKernels INSTANCE = new VectorBatchKernels();

  private VectorBatchKernels() {}

  @Override
  public void inspect(
      int n, boolean lowerOnly, double[] a, int aOffset, double[] largest, double[] asymmetry) {
    BatchScaling.inspect(n, lowerOnly, a, aOffset, largest, asymmetry);
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int bOffset) {
    BatchScaling.scaleInto(n, factors, a, aOffset, b, bOffset);
  }

  @Override
  public void jacobi(
      int n, int maxSweeps, double[] a, int aOffset, double[] d, double[] v, double[] failed) {
    BatchJacobi.solve(n, maxSweeps, a, aOffset, d, v, failed);
  }

  @Override
  public void tridiagonalize(
      int n, double[] a, int aOffset, double[] d, double[] e, double[] q, double[] work) {
    BatchHouseholder.tridiagonalize(n, a, aOffset, d, e, q, work);
  }

  @Override
  public void implicitQl(
      int n, int maxSweeps, double[] d, double[] e, double[] q, double[] work, double[] failed) {
    BatchQl.solve(n, maxSweeps, d, e, q, work, failed);
  }

  @Override
  public void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work) {
    BatchArrangement.arrange(
        n, factors, d, v, values, valuesOffset, vectors, vectorsOffset, work);
  }
}
