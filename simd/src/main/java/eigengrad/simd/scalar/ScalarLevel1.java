package eigengrad.simd.scalar;

import eigengrad.simd.Level1;

/** Vectors and plane rotations, element by element. */
final class ScalarLevel1 implements Level1 {
  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void scale(int n, double alpha, double[] x, int xOffset) {
    for (int i = 0; i < n; i++) {
      x[xOffset + i] *= alpha;
    }
  }

  @Override
  public double maxAbs(int n, double[] x, int xOffset) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(x[xOffset + i]));
    }
    return largest;
  }

  @Override
  public double elementOfMaxAbs(int n, double[] x, int xOffset) {
    double largest = x[xOffset];
    for (int i = 1; i < n; i++) {
      if (Math.abs(x[xOffset + i]) > Math.abs(largest)) {
        largest = x[xOffset + i];
      }
    }
    return largest;
  }

  @Override
  public void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s) {
    for (int i = 0; i < n; i++) {
      double xi = x[xOffset + i];
      double yi = y[yOffset + i];
      x[xOffset + i] = c * xi + s * yi;
      y[yOffset + i] = c * yi - s * xi;
    }
  }

  @Override
  public void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s) {
    for (int k = 0; k < count; k++) {
      int x = aOffset + k * columnStride;
      rotate(m, a, x, a, x + columnStride, c[k], s[k]);
    }
  }
}
