package eigengrad.simd;

/** One matrix after the other, as plain loops. */
final class ScalarBatchKernels implements BatchKernels {
  static final ScalarBatchKernels INSTANCE = new ScalarBatchKernels();

  private ScalarBatchKernels() {}

  @Override
  public void inspect(
      int n, boolean lowerOnly, double[] a, int aOffset, double[] largest, double[] asymmetry) {
    for (int lane = 0; lane < GROUP; lane++) {
      double size = 0;
      double difference = 0;
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          double below = a[aOffset + lane + (j * n + i) * GROUP];
          double right = lowerOnly ? below : a[aOffset + lane + (i * n + j) * GROUP];
          size = Math.max(size, Math.max(Math.abs(below), Math.abs(right)));
          difference = Math.max(difference, Math.abs(below - right));
        }
      }
      largest[lane] = size;
      asymmetry[lane] = difference;
    }
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int bOffset) {
    for (int at = 0; at < n * n * GROUP; at++) {
      double factor = factors[at % GROUP];
      b[bOffset + at] = factor == 0 ? 0 : a[aOffset + at] * factor * factors[GROUP + at % GROUP];
    }
  }

  @Override
  public void jacobi(
      int n, int maxSweeps, double[] a, int aOffset, double[] d, double[] v, double[] failed) {
    for (int lane = 0; lane < GROUP; lane++) {
      boolean converged = ScalarBatchJacobi.solve(n, maxSweeps, a, aOffset + lane, d, v, lane);
      failed[lane] = converged ? 0 : 1;
    }
  }

  @Override
  public void tridiagonalize(
      int n, double[] a, int aOffset, double[] d, double[] e, double[] q, double[] work) {
    for (int lane = 0; lane < GROUP; lane++) {
      ScalarBatchHouseholder.tridiagonalize(n, a, aOffset + lane, d, e, q, work, lane);
    }
  }

  @Override
  public void implicitQl(
      int n, int maxSweeps, double[] d, double[] e, double[] q, double[] work, double[] failed) {
    for (int lane = 0; lane < GROUP; lane++) {
      failed[lane] = ScalarBatchQl.solve(n, maxSweeps, d, e, q, work, lane) ? 0 : 1;
    }
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
    for (int lane = 0; lane < GROUP; lane++) {
      for (int j = 0; j < n; j++) {
        work[lane + j * GROUP] = rank(n, d, lane, j);
        orient(n, v, lane + j * n * GROUP);
      }
    }
    for (int at = 0; at < n * GROUP; at++) {
      d[at] = d[at] * factors[at % GROUP] * factors[GROUP + at % GROUP] + 0;
    }
    BatchOrder.scatter(n, work, d, values, valuesOffset, v, vectors, vectorsOffset);
  }

  /** How many eigenvalues come before one: the smaller ones, and the equal ones before it. */
  private static int rank(int n, double[] d, int lane, int j) {
    int rank = 0;
    for (int k = 0; k < n; k++) {
      double other = d[lane + k * GROUP];
      double value = d[lane + j * GROUP];
      if (k < j ? other <= value : other < value) {
        rank++;
      }
    }
    return rank;
  }

  /** Makes the first of the largest components positive, and every zero. */
  private static void orient(int n, double[] v, int column) {
    double largest = 0;
    double signed = 0;
    for (int i = column; i < column + n * GROUP; i += GROUP) {
      if (Math.abs(v[i]) > largest) {
        largest = Math.abs(v[i]);
        signed = v[i];
      }
    }
    double sign = signed < 0 ? -1 : 1;
    for (int i = column; i < column + n * GROUP; i += GROUP) {
      v[i] = v[i] * sign + 0;
    }
  }
}
