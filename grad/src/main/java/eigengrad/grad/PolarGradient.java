package eigengrad.grad;

import eigengrad.grad.internal.batch.EachMatrix;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.svd.PolarFactors;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdSolver;
import java.util.concurrent.CancellationException;

/**
 * ∂L/∂A through the polar decomposition A = QH, Q = UVᵀ and H = VΣVᵀ with A = UΣVᵀ, m×n: exact
 * wherever singular values tie.
 *
 * <p>With G = ∂L/∂Q, N = UᵀGV and S = sym(∂L/∂H),
 *
 * <pre>U ((N − Nᵀ)ᵢⱼ/(σᵢ + σⱼ)) Vᵀ + (I − UUᵀ) G V Σ⁻¹ Vᵀ + U Σ⁻¹ Uᵀ G (I − VVᵀ),
 * U (2 (VᵀSV)ᵢⱼ σᵢ/(σᵢ + σⱼ)) Vᵀ + 2 U Vᵀ S (I − VVᵀ).</pre>
 *
 * <p>Domain: full rank; of square A, Q has a derivative where one singular value is 0, and H does
 * not. Singular values that tie with 0 within {@link Gauge#tieTolerance} of the larger dimension
 * count as 0; a cotangent or direction that has a part where two of them, or for m ≠ n one, meet is
 * refused. The nearest rotation has a derivative where σₙ₋₁ &gt; σₙ, or where det A &gt; 0 and σₙ₋₁
 * &gt; 0.
 *
 * <p>Cost: from Q, 8n³ flops for m = n and 8mn² for m &gt; n; from H, 8n³ for m = n and 4mn² + 4n³
 * for m &gt; n. Source: N. J. Higham, <i>Functions of Matrices</i>, 2008, chapter 8; Ch. Kenney and
 * A. J. Laub, <i>Polar decomposition and matrix sign function condition estimates</i>, 1991.
 */
public final class PolarGradient {
  private PolarGradient() {}

  /**
   * ∂L/∂A from both factors.
   *
   * @param svd the decomposition of A, m×n, with all singular values
   * @param orthogonalCotangent ∂L/∂Q, m×n
   * @param symmetricCotangent ∂L/∂H, n×n; only its symmetric part matters
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, a cotangent is not finite, or only the
   *     largest singular values are there
   * @throws NonFiniteException if a cotangent has a part where there is no derivative, or the
   *     gradient overflows
   */
  public static DenseMatrix backward(
      SingularValueDecomposition svd,
      DenseMatrix orthogonalCotangent,
      DenseMatrix symmetricCotangent) {
    return sum(svd, PolarFactors.of(svd), orthogonalCotangent, symmetricCotangent);
  }

  /**
   * ∂L/∂A from Q alone.
   *
   * @param svd the decomposition of A, m×n, with all singular values
   * @param orthogonalCotangent ∂L/∂Q, m×n
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, the cotangent is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if the cotangent has a part where there is no derivative, or the
   *     gradient overflows
   */
  public static DenseMatrix backwardOrthogonal(
      SingularValueDecomposition svd, DenseMatrix orthogonalCotangent) {
    requireOrthogonal(svd, orthogonalCotangent);
    return PolarFactors.of(svd).orthogonal("∂L/∂A", orthogonalCotangent);
  }

  /**
   * ∂L/∂A from H alone.
   *
   * @param svd the decomposition of A, m×n, with all singular values
   * @param symmetricCotangent ∂L/∂H, n×n; only its symmetric part matters
   * @return m×n
   * @throws IllegalArgumentException if sizes do not match, the cotangent is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if the cotangent has a part where there is no derivative, or the
   *     gradient overflows
   */
  public static DenseMatrix backwardSymmetric(
      SingularValueDecomposition svd, DenseMatrix symmetricCotangent) {
    requireSymmetric(svd, symmetricCotangent);
    return PolarFactors.of(svd).fromSymmetric(symmetricCotangent.symmetricPart());
  }

  /**
   * ∂L/∂A from the nearest rotation Q, of determinant +1.
   *
   * @param svd the decomposition of A, n×n, with all singular values
   * @param rotationCotangent ∂L/∂Q, n×n
   * @return n×n
   * @throws IllegalArgumentException if A is not square, sizes do not match, the cotangent is not
   *     finite, or only the largest singular values are there
   * @throws NonFiniteException if the cotangent has a part where there is no derivative, or the
   *     gradient overflows
   */
  public static DenseMatrix backwardRotation(
      SingularValueDecomposition svd, DenseMatrix rotationCotangent) {
    requireOrthogonal(svd, rotationCotangent);
    return PolarTangent.rotation(svd).orthogonal("∂L/∂A", rotationCotangent);
  }

  /**
   * ∂L/∂A of every matrix of a batch from both factors.
   *
   * @param svd the decompositions of the matrices, m×n, with all singular values
   * @param orthogonalCotangents ∂L/∂Q, as many m×n matrices
   * @param symmetricCotangents ∂L/∂H, as many n×n matrices; only their symmetric parts matter
   * @param solver whose threads are used
   * @return m×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix, or only the largest singular values are there
   * @throws NonFiniteException if a cotangent has a part where there is no derivative, or a
   *     gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backward(
      BatchedSingularValueDecomposition svd,
      MatrixBatch orthogonalCotangents,
      MatrixBatch symmetricCotangents,
      SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    int n = svd.columns();
    each.requireMatrices("orthogonalCotangents", svd.rows(), n, orthogonalCotangents);
    each.requireMatrices("symmetricCotangents", n, n, symmetricCotangents);
    return each.map(
        svd.rows(),
        n,
        b ->
            backward(
                svd.decomposition(b),
                orthogonalCotangents.matrix(b),
                symmetricCotangents.matrix(b)));
  }

  /**
   * ∂L/∂A of every matrix of a batch from Q alone.
   *
   * @param svd the decompositions of the matrices, m×n, with all singular values
   * @param orthogonalCotangents ∂L/∂Q, as many m×n matrices
   * @param solver whose threads are used
   * @return m×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix, or only the largest singular values are there
   * @throws NonFiniteException if a cotangent has a part where there is no derivative, or a
   *     gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardOrthogonal(
      BatchedSingularValueDecomposition svd, MatrixBatch orthogonalCotangents, SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    each.requireMatrices("orthogonalCotangents", svd.rows(), svd.columns(), orthogonalCotangents);
    return each.map(
        svd.rows(),
        svd.columns(),
        b -> backwardOrthogonal(svd.decomposition(b), orthogonalCotangents.matrix(b)));
  }

  /**
   * ∂L/∂A of every matrix of a batch from the nearest rotations Q, of determinant +1.
   *
   * @param svd the decompositions of the matrices, n×n, with all singular values
   * @param rotationCotangents ∂L/∂Q, as many n×n matrices
   * @param solver whose threads are used
   * @return n×n matrices; NaN of those that were not solved
   * @throws IllegalArgumentException if the matrices are not square, sizes do not match, or a
   *     cotangent is not finite, naming the first matrix, or only the largest singular values are
   *     there
   * @throws NonFiniteException if a cotangent has a part where there is no derivative, or a
   *     gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static MatrixBatch backwardRotation(
      BatchedSingularValueDecomposition svd, MatrixBatch rotationCotangents, SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    each.requireMatrices("rotationCotangents", svd.rows(), svd.columns(), rotationCotangents);
    return each.map(
        svd.rows(),
        svd.columns(),
        b -> backwardRotation(svd.decomposition(b), rotationCotangents.matrix(b)));
  }

  private static DenseMatrix sum(
      SingularValueDecomposition svd, PolarFactors factors, DenseMatrix g, DenseMatrix h) {
    requireOrthogonal(svd, g);
    requireSymmetric(svd, h);
    DenseMatrix sum = factors.orthogonal("∂L/∂A", g).plus(factors.fromSymmetric(h.symmetricPart()));
    return Gauge.finite("∂L/∂A", sum);
  }

  private static void requireOrthogonal(SingularValueDecomposition svd, DenseMatrix g) {
    Cotangents.require("cotangent of the orthogonal factor", svd.rows(), svd.columns(), g);
  }

  private static void requireSymmetric(SingularValueDecomposition svd, DenseMatrix h) {
    int n = svd.columns();
    Cotangents.require("cotangent of the symmetric factor", n, n, h);
  }
}
