package eigengrad.grad.internal.support;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * Products that are known to be symmetric: one triangle is computed and the other copied, so that
 * the result is exactly symmetric.
 */
public final class SymmetricProducts {
  /** Room for sums of as many terms as an array holds. */
  public static final Scaling HEADROOM = new Scaling(-64);

  private SymmetricProducts() {}

  /** V diag(d) Vᵀ, n×n, in n³ flops. */
  static DenseMatrix ofDiagonal(DenseMatrix v, double[] d) {
    int n = v.rows();
    double[] scaled = v.toArray();
    for (int j = 0; j < n; j++) {
      Kernels.level1().scale(n, d[j], scaled, j * n);
    }
    return lower(new Gemm(), Transpose.NO, Transpose.YES, n, scaled, v.columnMajor());
  }

  /**
   * The same for finite d and orthonormal V: no element exceeds the largest |d|, but sums may
   * overflow on the way, and rounding may lead beyond the largest double.
   *
   * @throws NonFiniteException if an element overflows all the same, because V is not orthonormal
   */
  public static DenseMatrix synthesis(DenseMatrix v, double[] d) {
    DenseMatrix plain = ofDiagonal(v, d);
    if (plain.maxAbs() <= Double.MAX_VALUE) {
      return plain;
    }
    double[] scaled = ofDiagonal(v, HEADROOM.apply(d)).columnMajor();
    double most = HEADROOM.applied(Double.MAX_VALUE);
    for (int i = 0; i < scaled.length; i++) {
      boolean rounding = Math.abs(scaled[i]) <= most * (1 + 1e-10);
      scaled[i] = rounding ? Math.clamp(scaled[i], -most, most) : scaled[i];
    }
    return Cotangents.finiteResult("f(A)", d.length, HEADROOM.inverse().apply(scaled));
  }

  /** op(V) S op(V)ᵀ for a symmetric S, n×n, in 3n³ flops. */
  public static DenseMatrix congruence(Transpose transpose, DenseMatrix v, DenseMatrix s) {
    return mirrored(v.rows(), lowerCongruence(transpose, v, s.columnMajor()));
  }

  /** The same, lower triangle only; zeros above. */
  public static double[] lowerCongruence(Transpose transpose, DenseMatrix v, double[] s) {
    int n = v.rows();
    double[] a = v.columnMajor();
    double[] half = new double[n * n];
    double[] lower = new double[n * n];
    Gemm gemm = new Gemm();
    gemm.multiply(transpose, Transpose.NO, n, n, n, a, s, half);
    Transpose other = transpose == Transpose.NO ? Transpose.YES : Transpose.NO;
    gemm.multiplyLower(Transpose.NO, other, n, n, half, a, lower);
    return lower;
  }

  /** AB for symmetric matrices that commute, n×n, in n³ flops. */
  public static DenseMatrix commuting(DenseMatrix a, DenseMatrix b) {
    return lower(
        new Gemm(), Transpose.NO, Transpose.NO, a.rows(), a.columnMajor(), b.columnMajor());
  }

  /** AᵀA of an m×n matrix, n×n, in mn² flops. */
  public static DenseMatrix gram(DenseMatrix a) {
    int n = a.columns();
    double[] c = new double[n * n];
    new Gemm()
        .syrk(
            Transpose.YES,
            n,
            a.rows(),
            1,
            a.columnMajor(),
            0,
            Math.max(1, a.rows()),
            0,
            c,
            0,
            Math.max(1, n));
    return mirrored(n, c);
  }

  /** αAAᵀ of an m×n array, m ≥ 1, m×m, in m²n flops. */
  public static DenseMatrix gramOfRows(double alpha, int m, int n, double[] a) {
    double[] c = new double[DenseMatrix.elementCount(m, m)];
    new Gemm().syrk(Transpose.NO, m, n, alpha, a, 0, m, 0, c, 0, m);
    return mirrored(m, c);
  }

  private static DenseMatrix lower(
      Gemm gemm, Transpose transposeA, Transpose transposeB, int n, double[] a, double[] b) {
    double[] c = new double[n * n];
    gemm.multiplyLower(transposeA, transposeB, n, n, a, b, c);
    return mirrored(n, c);
  }

  private static DenseMatrix mirrored(int n, double[] c) {
    LowerTriangle.mirror(n, c, 0, n);
    return DenseMatrix.wrap(n, n, c);
  }
}
