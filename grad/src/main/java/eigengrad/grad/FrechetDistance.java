package eigengrad.grad;

import eigengrad.grad.internal.support.ArrayText;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenConvergenceException;
import eigengrad.linalg.PolarDecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import java.util.Arrays;

/**
 * The squared Fréchet distance between two Gaussians of d variables, also called Wasserstein's or,
 * between covariances alone, Bures', and its gradient:
 *
 * <pre>‖μ₁ − μ₂‖² + tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½).</pre>
 *
 * <p>The root's trace is the sum of the singular values of C₁^½C₂^½ = UΣVᵀ, in which no eigenvalue
 * is squared, and with Q = UVᵀ the second term is ‖C₁^½ − C₂^½Qᵀ‖²_F: it cannot be negative, and
 * where the two covariances are close nothing cancels in it.
 *
 * <p>Covariances may be singular, as those of fewer samples than variables: eigenvalues within
 * {@link Gauge#tieTolerance} of 0 count as 0 ({@link SemidefiniteTreatment#pseudo}), and a gradient
 * is that along matrices of the same rank. Where factors Cᵢ = FᵢFᵢᵀ are at hand, such as centred
 * samples divided by √(N − 1), {@link #ofFactors} takes no root at all, works on an N₁×N₂ matrix,
 * and is exact wherever F₁ᵀF₂ has full rank. Where C₁^½C₂^½ has a smaller rank than both, the
 * distance has a kink, and the smallest of its subgradients is taken.
 *
 * <p>Source: D. C. Dowson and B. V. Landau, <i>The Fréchet distance between multivariate normal
 * distributions</i>, 1982; R. Bhatia, T. Jain and Y. Lim, <i>On the Bures–Wasserstein distance
 * between positive definite matrices</i>, 2019.
 *
 * @param squared the squared distance
 * @param ofFirstMean ∂/∂μ₁, d elements
 * @param ofFirst ∂/∂C₁, d×d and exactly symmetric, or ∂/∂F₁, d×N₁
 * @param ofSecondMean ∂/∂μ₂, d elements
 * @param ofSecond ∂/∂C₂, d×d and exactly symmetric, or ∂/∂F₂, d×N₂
 */
public record FrechetDistance(
    double squared,
    double[] ofFirstMean,
    DenseMatrix ofFirst,
    double[] ofSecondMean,
    DenseMatrix ofSecond) {

  /**
   * The distance from means and covariances. Cost: two eigendecompositions, one singular value
   * decomposition and 26d³ flops.
   *
   * @param firstMean μ₁, d elements
   * @param firstCovariance C₁, d×d, symmetric positive semidefinite; not modified
   * @param secondMean μ₂, d elements
   * @param secondCovariance C₂, d×d, symmetric positive semidefinite; not modified
   * @return the distance and its gradient
   * @throws IllegalArgumentException if sizes do not match, something is not finite, or a
   *     covariance is not symmetric positive semidefinite up to rounding
   * @throws NonFiniteException if the distance or its gradient overflows
   * @throws EigenConvergenceException if a solver fails
   * @throws ArithmeticException if an eigenvalue or singular value exceeds the largest double
   */
  public static FrechetDistance of(
      double[] firstMean,
      DenseMatrix firstCovariance,
      double[] secondMean,
      DenseMatrix secondCovariance) {
    int d = firstMean.length;
    requireMeans(firstMean, secondMean);
    Cotangents.require("firstCovariance", d, d, firstCovariance);
    Cotangents.require("secondCovariance", d, d, secondCovariance);
    SpectralFunction root =
        SpectralFunction.squareRoot()
            .onSemidefinite(SemidefiniteTreatment.pseudo(Gauge.tieTolerance(d)));
    SpectralFunction.Pass first = root.forward(firstCovariance);
    SpectralFunction.Pass second = root.forward(secondCovariance);
    Transport transport = Transport.between(first.matrix(), second.matrix());
    return of(
        transport,
        firstMean,
        first.backward(transport.ofFirst),
        secondMean,
        second.backward(transport.ofSecond));
  }

  /**
   * The distance from means and factors of the covariances. Cost: a singular value decomposition
   * and 6dN₁N₂ flops.
   *
   * @param firstMean μ₁, d elements
   * @param firstFactor F₁, d×N₁, of C₁ = F₁F₁ᵀ; not modified
   * @param secondMean μ₂, d elements
   * @param secondFactor F₂, d×N₂, of C₂ = F₂F₂ᵀ; not modified
   * @return the distance and its gradient
   * @throws IllegalArgumentException if sizes do not match or something is not finite
   * @throws NonFiniteException if the distance or its gradient overflows
   * @throws EigenConvergenceException if a solver fails
   * @throws ArithmeticException if an eigenvalue or singular value exceeds the largest double
   */
  public static FrechetDistance ofFactors(
      double[] firstMean, DenseMatrix firstFactor, double[] secondMean, DenseMatrix secondFactor) {
    int d = firstMean.length;
    requireMeans(firstMean, secondMean);
    Cotangents.require("firstFactor", d, firstFactor.columns(), firstFactor);
    Cotangents.require("secondFactor", d, secondFactor.columns(), secondFactor);
    Transport transport = Transport.between(firstFactor, secondFactor);
    return of(transport, firstMean, transport.ofFirst, secondMean, transport.ofSecond);
  }

  private static FrechetDistance of(
      Transport transport,
      double[] firstMean,
      DenseMatrix ofFirst,
      double[] secondMean,
      DenseMatrix ofSecond) {
    int d = firstMean.length;
    double[] ofFirstMean = new double[d];
    double[] ofSecondMean = new double[d];
    double squared = transport.squared;
    for (int i = 0; i < d; i++) {
      double difference = firstMean[i] - secondMean[i];
      squared += difference * difference;
      ofFirstMean[i] = 2 * difference;
      ofSecondMean[i] = -2 * difference;
    }
    if (!(squared <= Double.MAX_VALUE)) {
      throw new NonFiniteException("the squared distance is not finite: " + squared);
    }
    return new FrechetDistance(
        squared,
        ofFirstMean,
        Gauge.finite("the gradient", ofFirst),
        ofSecondMean,
        Gauge.finite("the gradient", ofSecond));
  }

  private static void requireMeans(double[] firstMean, double[] secondMean) {
    Cotangents.require("firstMean", firstMean.length, firstMean);
    Cotangents.require("secondMean", firstMean.length, secondMean);
  }

  /**
   * ‖F₁‖² + ‖F₂‖² − 2·Σ singular values of F₁ᵀF₂ = ‖F₁ − F₂Qᵀ‖², Q the polar factor of F₁ᵀF₂, and
   * its gradient 2(F₁ − F₂Qᵀ), 2(F₂ − F₁Q).
   */
  private record Transport(double squared, DenseMatrix ofFirst, DenseMatrix ofSecond) {
    static Transport between(DenseMatrix first, DenseMatrix second) {
      SingularValueDecomposition svd = Svd.decompose(first.transpose().times(second));
      DenseMatrix nearest = PolarDecomposition.of(svd).orthogonalFactor();
      // Of orthonormal rows or columns, those that are as many as the others have none left over.
      DenseMatrix apart =
          first.columns() >= second.columns()
              ? first.minus(second.times(nearest.transpose()))
              : second.minus(first.times(nearest));
      double distance = apart.frobeniusNorm();
      DenseMatrix sign = SingularFunction.sign().forward(svd).matrix();
      return new Transport(
          distance * distance,
          first.minus(second.times(sign.transpose())).times(2),
          second.minus(first.times(sign)).times(2));
    }
  }

  /** Compares all numbers bit by bit: 0 and −0 differ, NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FrechetDistance that
        && Double.compare(squared, that.squared) == 0
        && Arrays.equals(ofFirstMean, that.ofFirstMean)
        && ofFirst.equals(that.ofFirst)
        && Arrays.equals(ofSecondMean, that.ofSecondMean)
        && ofSecond.equals(that.ofSecond);
  }

  @Override
  public int hashCode() {
    int means = 31 * Arrays.hashCode(ofFirstMean) + Arrays.hashCode(ofSecondMean);
    return 31 * (31 * means + ofFirst.hashCode()) + ofSecond.hashCode();
  }

  /** Every component; of a long array only its length. */
  @Override
  public String toString() {
    return "FrechetDistance[squared="
        + squared
        + ", ofFirstMean="
        + ArrayText.of(ofFirstMean)
        + ", ofFirst="
        + ofFirst
        + ", ofSecondMean="
        + ArrayText.of(ofSecondMean)
        + ", ofSecond="
        + ofSecond
        + "]";
  }
}
