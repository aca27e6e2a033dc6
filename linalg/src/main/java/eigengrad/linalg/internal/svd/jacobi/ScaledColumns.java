package eigengrad.linalg.internal.svd.jacobi;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The columns of a square matrix that is being made orthogonal, X, and the rotations so far, J.
 *
 * <p>Column j of X is 2^eⱼ times what is stored of it, eⱼ ≠ 0 where it is very short: then products
 * of columns neither underflow nor lose digits, however much columns differ in length.
 */
final class ScaledColumns {
  /** A shorter column is stored as a longer one. */
  private static final double SHORT = 0x1p-300;

  private int n;
  private double[] x = Buffers.NONE;
  private double[] rotations = Buffers.NONE;
  private double[] stored = Buffers.NONE;
  private double[] lengths = Buffers.NONE;
  private int[] exponents = Buffers.NO_INDICES;
  private double[] spare = Buffers.NONE;

  /** Takes over X and J, n×n, to be updated in place. */
  void take(int n, double[] x, double[] rotations) {
    this.n = n;
    this.x = x;
    this.rotations = rotations;
    stored = Buffers.atLeast(stored, n);
    lengths = Buffers.atLeast(lengths, n);
    spare = Buffers.atLeast(spare, n);
    exponents = exponents.length < n ? new int[n] : exponents;
    Arrays.fill(exponents, 0);
    for (int j = 0; j < n; j++) {
      measure(j);
    }
  }

  private void measure(int j) {
    stored[j] = Kernels.level1().norm(n, x, j * n);
    if (stored[j] < SHORT && stored[j] > 0) {
      int exponent = PowerOfTwo.toOne(stored[j]);
      PowerOfTwo.scale(n, exponent, x, j * n);
      exponents[j] -= exponent;
      stored[j] = Kernels.level1().norm(n, x, j * n);
    }
    lengths[j] = Math.scalb(stored[j], exponents[j]);
  }

  double length(int j) {
    return lengths[j];
  }

  void sort() {
    for (int j = 0; j < n; j++) {
      bringLongestForward(j);
    }
  }

  /** Exchanges column p for the longest one from there on. */
  void bringLongestForward(int p) {
    int longest = p;
    for (int q = p + 1; q < n; q++) {
      if (lengths[q] > lengths[longest]) {
        longest = q;
      }
    }
    if (longest != p) {
      swap(p, longest);
    }
  }

  private void swap(int p, int q) {
    swap(x, p * n, q * n);
    swap(rotations, p * n, q * n);
    double length = lengths[p];
    lengths[p] = lengths[q];
    lengths[q] = length;
    length = stored[p];
    stored[p] = stored[q];
    stored[q] = length;
    int exponent = exponents[p];
    exponents[p] = exponents[q];
    exponents[q] = exponent;
  }

  private void swap(double[] columns, int p, int q) {
    System.arraycopy(columns, p, spare, 0, n);
    System.arraycopy(columns, q, columns, p, n);
    System.arraycopy(spare, 0, columns, q, n);
  }

  /**
   * Makes two columns orthogonal, the longer one p; returns whether they were not.
   *
   * <p>With r the ratio of their lengths, γ the cosine between them, δ = 1 − r² and η = 2γr: t =
   * η/(δ + √(δ² + η²)) is the tangent of the rotation.
   */
  boolean rotate(int p, int q, double tolerance) {
    if (stored[p] == 0 || stored[q] == 0) {
      return false;
    }
    double cosine = Kernels.level1().dot(n, x, p * n, x, q * n) / stored[p] / stored[q];
    if (Math.abs(cosine) <= tolerance) {
      return false;
    }
    if (lengths[q] > lengths[p]) {
      swap(p, q);
    }
    double storedRatio = stored[q] / stored[p];
    double shift = Math.scalb(1.0, exponents[q] - exponents[p]);
    double ratio = storedRatio * shift;
    double difference = (1 - ratio) * (1 + ratio);
    double twice = 2 * cosine * ratio;
    double sum = difference + Math.sqrt(difference * difference + twice * twice);
    // Of the columns as they are stored: t ÷ shift.
    double storedTangent = 2 * cosine * storedRatio / sum;
    double tangent = storedTangent * shift;
    double c = 1 / Math.sqrt(1 + tangent * tangent);
    double s = c * tangent;
    if (exponents[p] == exponents[q]) {
      Kernels.level1().rotate(n, x, p * n, x, q * n, c, s);
    } else {
      for (int i = 0; i < n; i++) {
        double longer = x[p * n + i];
        double shorter = x[q * n + i];
        x[p * n + i] = c * longer + s * shift * shorter;
        x[q * n + i] = c * shorter - c * storedTangent * longer;
      }
    }
    Kernels.level1().rotate(n, rotations, p * n, rotations, q * n, c, s);
    measure(p);
    measure(q);
    return true;
  }

  /** Divides a column of X by its length; returns whether it has any. */
  boolean normalize(int j) {
    if (lengths[j] == 0) {
      return false;
    }
    for (int i = j * n; i < (j + 1) * n; i++) {
      x[i] /= stored[j];
    }
    return true;
  }
}
