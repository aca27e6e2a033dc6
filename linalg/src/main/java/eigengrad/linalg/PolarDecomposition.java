package eigengrad.linalg;

import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The polar decomposition A = QH of an m×n matrix: immutable.
 *
 * <p>With A = UΣVᵀ: Q = UVᵀ, m×n, has orthonormal columns, or orthonormal rows where m &lt; n; it
 * is the matrix of that kind nearest to A in every unitarily invariant norm. H = VΣVᵀ, n×n, is
 * symmetric and positive semidefinite. From {@link SvdSolver#nearestRotation(DenseMatrix)}, Q is
 * the nearest matrix of determinant +1, and where A is nearer to a reflection H has one negative
 * eigenvalue, −σₙ.
 *
 * <p>H is unique. Q is, where A has full rank; as nearest rotation where at most one singular value
 * is zero, and the smallest is simple if det A &lt; 0. Otherwise several are equally near, and the
 * one taken is that which the vectors of {@link Svd} give: always the same.
 *
 * <p>Source: N. J. Higham, <i>Functions of Matrices</i>, 2008, chapter 8; for the nearest rotation,
 * W. Kabsch, Acta Cryst. A34 (1978), 827.
 */
public final class PolarDecomposition {
  private final DenseMatrix orthogonal;
  private final DenseMatrix symmetric;

  private PolarDecomposition(DenseMatrix orthogonal, DenseMatrix symmetric) {
    this.orthogonal = orthogonal;
    this.symmetric = symmetric;
  }

  /**
   * From singular values and vectors. Cost: (2m + n)nk flops, k = min(m, n).
   *
   * @param svd of A; all of its values
   * @return the decomposition
   * @throws IllegalArgumentException if only the largest singular values are there
   */
  public static PolarDecomposition of(SingularValueDecomposition svd) {
    requireAll(svd.rows(), svd.columns(), svd.size());
    return of(svd, 1);
  }

  /**
   * The nearest rotation, from singular values and vectors.
   *
   * @param svd of A, n×n; all of its values
   * @return the decomposition, det Q = 1
   * @throws IllegalArgumentException if A is not square, or only the largest singular values are
   *     there
   */
  public static PolarDecomposition nearestRotation(SingularValueDecomposition svd) {
    requireSquare(svd.rows(), svd.columns());
    requireAll(svd.rows(), svd.columns(), svd.size());
    PolarDecomposition nearest = of(svd, 1);
    boolean reflection = Determinants.isReflection(svd.rows(), nearest.orthogonal.toArray());
    return reflection ? of(svd, -1) : nearest;
  }

  static void requireSquare(int rows, int columns) {
    if (rows != columns) {
      throw new IllegalArgumentException(
          "a rotation is square: the matrix must be, too, got %d×%d".formatted(rows, columns));
    }
  }

  static void requireAll(int rows, int columns, int size) {
    int all = Math.min(rows, columns);
    if (size != all) {
      throw new IllegalArgumentException(
          "a polar decomposition needs all %d singular values, got the %d largest"
              .formatted(all, size));
    }
  }

  /** The last singular vector counts with a sign. */
  private static PolarDecomposition of(SingularValueDecomposition svd, int lastSign) {
    int m = svd.rows();
    int n = svd.columns();
    int k = svd.size();
    double[] u = svd.leftVectors().columnMajor();
    double[] v = svd.rightVectors().columnMajor();
    double[] signed = u;
    double[] values = svd.values();
    if (lastSign < 0) {
      signed = u.clone();
      Kernels.level1().scale(m, -1, signed, (k - 1) * m);
      values[k - 1] = -values[k - 1];
    }
    double[] product = SpectralAccuracy.timesValues(svd.rightVectors(), values, 0);
    Gemm gemm = new Gemm();
    double[] q = new double[DenseMatrix.elementCount(m, n)];
    double[] h = new double[DenseMatrix.elementCount(n, n)];
    gemm.multiply(Transpose.NO, Transpose.YES, m, n, k, 1, signed, 0, m, v, 0, n, 0, q, 0, m);
    gemm.multiplyLower(Transpose.NO, Transpose.YES, n, k, product, v, h);
    LowerTriangle.mirror(n, h, 0, n);
    return owning(DenseMatrix.wrap(m, n, q), DenseMatrix.wrap(n, n, h));
  }

  /** Takes both over without copying or checking. */
  static PolarDecomposition owning(DenseMatrix orthogonal, DenseMatrix symmetric) {
    return new PolarDecomposition(orthogonal, symmetric);
  }

  /**
   * The orthogonal factor.
   *
   * @return Q, m×n
   */
  public DenseMatrix orthogonalFactor() {
    return orthogonal;
  }

  /**
   * The symmetric factor.
   *
   * @return H, n×n, symmetric to the bit
   */
  public DenseMatrix symmetricFactor() {
    return symmetric;
  }

  /**
   * How well this reproduces the matrix it was computed from: ‖A − QH‖₁ / (‖A‖₁·max(m, n)·u'), u' =
   * 2⁻⁵². Cost: 2mn² flops.
   *
   * @param matrix A
   * @return the ratio, ≥ 0; 0 for a zero matrix with zero H
   * @throws IllegalArgumentException if A has another shape
   */
  public double residual(DenseMatrix matrix) {
    double largest = Math.max(matrix.maxAbs(), symmetric.maxAbs());
    Scaling scaling = Scaling.forLargest(largest);
    double[] ones = new double[largest == 0 ? 0 : orthogonal.columns()];
    Arrays.fill(ones, 1);
    return SingularAccuracy.residual(
        scaling.apply(matrix), ones, orthogonal, scaling.apply(symmetric));
  }

  /**
   * How orthonormal the columns of Q are, or the rows where m &lt; n: ‖I − QᵀQ‖₁ / (m·u').
   *
   * @return the ratio, ≥ 0
   */
  public double orthogonality() {
    boolean wide = orthogonal.rows() < orthogonal.columns();
    return SpectralAccuracy.orthogonality(wide ? orthogonal.transpose() : orthogonal);
  }
}
