package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.simd.Level1;

/** Vectors and plane rotations: whole ones first, then a tail of fewer elements than lanes. */
final class ScalarLevel1 implements Level1 {
  private static final int UNROLL = 4;

  private final int lanes;

  ScalarLevel1(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
    int whole = n - n % lanes;
    int unrolled = n - n % (UNROLL * lanes);
    double sum = 0;
    if (unrolled > 0) {
      sum = LaneDots.unrolledDot(lanes, unrolled, x, xOffset, y, yOffset);
    }
    if (unrolled < whole) {
      sum += LaneDots.dot(lanes, whole - unrolled, x, xOffset + unrolled, y, yOffset + unrolled);
    }
    for (int i = whole; i < n; i++) {
      sum += x[xOffset + i] * y[yOffset + i];
    }
    return sum;
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
    int whole = n - n % lanes;
    for (int i = 0; i < whole; i++) {
      y[yOffset + i] = multiplyAdd(x[xOffset + i], alpha, y[yOffset + i]);
    }
    for (int i = whole; i < n; i++) {
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
    int whole = n - n % lanes;
    for (int i = 0; i < whole; i++) {
      double xi = x[xOffset + i];
      double yi = y[yOffset + i];
      x[xOffset + i] = multiplyAdd(xi, c, yi * s);
      y[yOffset + i] = multiplyAdd(yi, c, xi * -s);
    }
    for (int i = whole; i < n; i++) {
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
