package eigengrad.simd;

import java.util.Arrays;

/** Vectors and plane rotations. */
public interface Level1 {
  /**
   * The dot product Σ xᵢyᵢ.
   *
   * @param n length, ≥ 0
   * @param x first vector; may be the same as y
   * @param xOffset where x starts
   * @param y second vector
   * @param yOffset where y starts
   * @return the sum; 0 when n = 0
   */
  double dot(int n, double[] x, int xOffset, double[] y, int yOffset);

  /**
   * y ← αx + y.
   *
   * @param n length, ≥ 0
   * @param alpha α
   * @param x read
   * @param xOffset where x starts
   * @param y updated
   * @param yOffset where y starts
   */
  void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset);

  /**
   * x ← αx.
   *
   * @param n length, ≥ 0
   * @param alpha α
   * @param x updated
   * @param xOffset where x starts
   */
  void scale(int n, double alpha, double[] x, int xOffset);

  /**
   * x ← βx, overwritten with 0 where β = 0.
   *
   * @param n length, ≥ 0
   * @param beta β
   * @param x updated; not read where β = 0
   * @param xOffset where x starts
   */
  default void scaleOrClear(int n, double beta, double[] x, int xOffset) {
    if (beta == 0) {
      Arrays.fill(x, xOffset, xOffset + n, 0);
    } else if (beta != 1) {
      scale(n, beta, x, xOffset);
    }
  }

  /**
   * The largest magnitude max |xᵢ|; a NaN anywhere makes the result NaN.
   *
   * @param n length, ≥ 0
   * @param x read
   * @param xOffset where x starts
   * @return the maximum; 0 when n = 0
   */
  double maxAbs(int n, double[] x, int xOffset);

  /**
   * The first element of largest magnitude, with its sign.
   *
   * @param n length, ≥ 1
   * @param x read; without NaN
   * @param xOffset where x starts
   * @return xᵢ for the least i with |xᵢ| = max |x|
   */
  double elementOfMaxAbs(int n, double[] x, int xOffset);

  /**
   * The Euclidean norm ‖x‖₂ without avoidable overflow or underflow.
   *
   * @param n length, ≥ 0
   * @param x read
   * @param xOffset where x starts
   * @return the norm; NaN if a component is NaN, else ∞ if one is infinite
   */
  default double norm(int n, double[] x, int xOffset) {
    double square = dot(n, x, xOffset, x, xOffset);
    return square >= DoubleFormat.SMALLEST_SAFE_SQUARE && square <= DoubleFormat.LARGEST_SAFE_SQUARE
        ? Math.sqrt(square)
        : Norms.scaled(n, x, xOffset);
  }

  /**
   * The plane rotation (xᵢ, yᵢ) ← (c·xᵢ + s·yᵢ, c·yᵢ − s·xᵢ).
   *
   * @param n length, ≥ 0
   * @param x updated
   * @param xOffset where x starts
   * @param y updated
   * @param yOffset where y starts
   * @param c cosine
   * @param s sine
   */
  void rotate(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s);

  /**
   * A chain of plane rotations of neighbouring columns: for k = 0 … count − 1, columns k and k + 1
   * of an m×(count + 1) matrix become (c·x + s·y, c·y − s·x), x and y being what they then are.
   *
   * @param m rows
   * @param count rotations, ≥ 0
   * @param a the matrix, updated
   * @param aOffset where column 0 starts
   * @param columnStride from a column to the next, of any sign
   * @param c cosines, count of them
   * @param s sines, count of them
   */
  void rotateChain(
      int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s);
}
