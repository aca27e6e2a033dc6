package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.householder.HouseholderQr;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;

/**
 * W and W⁻¹ for a matrix given by its eigenpairs, UR²Uᵀ. All W are QR⁻¹Uᵀ with an orthogonal Q, and
 * W⁻¹ is URQᵀ: of the kinds, Q is I, U, or what makes W triangular.
 *
 * @param forward W
 * @param backward W⁻¹
 */
record WhiteningMatrices(DenseMatrix forward, DenseMatrix backward) {

  /**
   * The matrices of a kind.
   *
   * @param kind of whitening
   * @param vectors U, d×d, eigenvalues descending
   * @param roots R, d square roots of eigenvalues
   */
  static WhiteningMatrices of(WhiteningKind kind, DenseMatrix vectors, double[] roots) {
    DenseMatrix forward = Diagonals.scaleColumns(vectors, inverses(roots)).transpose();
    DenseMatrix backward = Diagonals.scaleColumns(vectors, roots);
    return switch (kind) {
      case PCA, PCA_COR -> new WhiteningMatrices(forward, backward);
      case ZCA, ZCA_COR ->
          new WhiteningMatrices(
              vectors.times(forward).symmetricPart(),
              backward.times(vectors.transpose()).symmetricPart());
      case CHOLESKY -> triangular(forward, backward);
    };
  }

  /** W = QᵀR⁻¹Uᵀ upper triangular, its diagonal positive, by Householder's method. */
  private static WhiteningMatrices triangular(DenseMatrix forward, DenseMatrix backward) {
    int d = forward.rows();
    HouseholderQr qr = new HouseholderQr();
    qr.factor(d, d, forward.columnMajor(), 0, Crew.ofCaller());
    DenseMatrix triangle = DenseMatrix.wrap(d, d, Arrays.copyOf(qr.triangle(), d * d));
    DenseMatrix rotation = DenseMatrix.identity(d);
    new BackTransform(qr.reflectors()).apply(rotation.columnMajor(), d, d, Crew.ofCaller());
    double[] signs = Diagonals.map(Diagonals.of(triangle), Math::signum);
    return new WhiteningMatrices(
        upperTriangle(Diagonals.scaleRows(signs, triangle)),
        upperTriangle(Diagonals.scaleColumns(backward.times(rotation), signs)));
  }

  private static DenseMatrix upperTriangle(DenseMatrix matrix) {
    int d = matrix.rows();
    double[] upper = matrix.toArray();
    for (int j = 0; j < d; j++) {
      Arrays.fill(upper, j * d + j + 1, (j + 1) * d, 0);
    }
    return DenseMatrix.wrap(d, d, upper);
  }

  /** For features that were divided by their deviations. */
  AffineMap ofFeatures(double[] mean, double[] deviations) {
    return new AffineMap(
        mean,
        Diagonals.scaleColumns(forward, inverses(deviations)),
        Diagonals.scaleRows(deviations, backward));
  }

  private static double[] inverses(double[] diagonal) {
    return Diagonals.map(diagonal, x -> 1 / x);
  }
}
