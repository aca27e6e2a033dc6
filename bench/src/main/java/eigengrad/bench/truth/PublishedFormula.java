package eigengrad.bench.truth;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * The gradient of an eigendecomposition as deep-learning libraries have it: <em>every</em> pair is
 * divided by its gap, pairs on which the loss does not depend included, so that one tie makes 0·∞ =
 * NaN of the whole gradient.
 *
 * <p>With X = VᵀG, G = ∂L/∂V, and every matrix rounded before the next operation:
 *
 * <pre>
 * SYMMETRIC  M̄ = V ((F ∘ X) Vᵀ) + (V diag(∂L/∂λ)) Vᵀ,     Fᵢⱼ = 1/(λⱼ − λᵢ),
 * SINGULAR   M̄ = V ((Λ (F ∘ (X − Xᵀ))) Vᵀ) + V (diag(∂L/∂λ) Vᵀ),  Fᵢⱼ = 1/(λⱼ² − λᵢ²),
 * </pre>
 *
 * Fᵢᵢ = 0, and then the symmetric part. Both are the analytic gradient in exact arithmetic. They
 * differ from {@link DifferentiableEigen#analytic} in what rounding does: SYMMETRIC divides before
 * it subtracts what X and Xᵀ have in common, and neither leaves out pairs that nothing depends on.
 *
 * <p>The eigenpairs are the library's, computed in double from the stored matrix and then stored: a
 * single-precision solver's own errors, a few units in the last place of ‖M‖, are not imitated.
 *
 * <p>Source: the formulas, and their order of operations, of PyTorch's derivatives of {@code
 * symeig} and {@code svd} in 2019; the code published with W. Wang et al.,
 * <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019, calls the latter and uses V.
 *
 * @param form which formula
 * @param precision in which every intermediate is stored
 */
public record PublishedFormula(Form form, Precision precision) implements DifferentiableEigen {

  /** Of which decomposition the formula is the derivative. */
  public enum Form {
    /** Of the eigendecomposition. */
    SYMMETRIC,
    /** Of the singular value decomposition, the same for a positive semi-definite M. */
    SINGULAR
  }

  @Override
  public Pass forward(DenseMatrix matrix, int count) {
    if (count < 1 || count > matrix.rows()) {
      throw new IllegalArgumentException(
          "count must be between 1 and the matrix's order %d, got %d"
              .formatted(matrix.rows(), count));
    }
    requireFinite("matrix", matrix);
    DenseMatrix stored = Stored.of(matrix, precision);
    if (!(stored.maxAbs() <= Double.MAX_VALUE)) {
      throw new NonFiniteException(
          "the matrix overflows float: scale it down by a power of two, or store doubles");
    }
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(stored), precision);
    return new FormulaPass(spectrum, count, form, precision);
  }

  private static void requireFinite(String name, DenseMatrix matrix) {
    if (!(matrix.maxAbs() <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "%s must be finite, its largest magnitude is %s".formatted(name, matrix.maxAbs()));
    }
  }

  /**
   * The whole decomposition.
   *
   * @param spectrum all n pairs
   * @param count how many of them the loss may depend on
   */
  private record FormulaPass(Spectrum spectrum, int count, Form form, Precision precision)
      implements Pass {

    @Override
    public double[] values() {
      return Arrays.copyOf(spectrum.values(), count);
    }

    @Override
    public DenseMatrix vectors() {
      int n = spectrum.values().length;
      double[] leading = Arrays.copyOf(spectrum.vectors().columnMajor(), n * count);
      return DenseMatrix.wrap(n, count, leading);
    }

    @Override
    public DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent) {
      int n = spectrum.values().length;
      requireSizes(n, valueCotangent, vectorCotangent);
      double[] padded = Arrays.copyOf(vectorCotangent.columnMajor(), n * n);
      DenseMatrix g = stored(DenseMatrix.wrap(n, n, padded));
      DenseMatrix x = stored(spectrum.vectors().transpose().times(g));
      DenseMatrix ofVectors = sandwich(form == Form.SYMMETRIC ? divided(x) : dividedSkew(x));
      DenseMatrix ofValues = sandwich(diagonal(valueCotangent));
      DenseMatrix gradient = stored(stored(ofVectors.plus(ofValues)).symmetricPart());
      if (!isFinite(gradient)) {
        throw new NonFiniteException(
            "the published formula's gradient is not finite: eigenvalues tie, or something"
                + " overflowed");
      }
      return gradient;
    }

    private void requireSizes(int n, double[] valueCotangent, DenseMatrix vectorCotangent) {
      if (valueCotangent.length != count) {
        throw new IllegalArgumentException(
            "valueCotangent must have %d elements, got %d".formatted(count, valueCotangent.length));
      }
      if (vectorCotangent.rows() != n || vectorCotangent.columns() != count) {
        throw new IllegalArgumentException(
            "vectorCotangent must be %d×%d, got %d×%d"
                .formatted(n, count, vectorCotangent.rows(), vectorCotangent.columns()));
      }
      requireFinite("valueCotangent", DenseMatrix.wrap(1, count, valueCotangent));
      requireFinite("vectorCotangent", vectorCotangent);
    }

    /** F ∘ X. */
    private DenseMatrix divided(DenseMatrix x) {
      int n = x.rows();
      double[] product = new double[n * n];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double gap = Stored.of(value(j) - value(i), precision);
          product[i + j * n] = inverse(gap, i == j) * x.get(i, j);
        }
      }
      return stored(DenseMatrix.wrap(n, n, product));
    }

    /** Λ (F ∘ (X − Xᵀ)). */
    private DenseMatrix dividedSkew(DenseMatrix x) {
      int n = x.rows();
      double[] product = new double[n * n];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double gap = Stored.of(square(j) - square(i), precision);
          double skew = Stored.of(x.get(i, j) - x.get(j, i), precision);
          double weighed = Stored.of(inverse(gap, i == j) * skew, precision);
          product[i + j * n] = value(i) * weighed;
        }
      }
      return stored(DenseMatrix.wrap(n, n, product));
    }

    private double inverse(double gap, boolean diagonal) {
      return diagonal ? 0 : Stored.of(1 / gap, precision);
    }

    private double value(int i) {
      return spectrum.values()[i];
    }

    private double square(int i) {
      return Stored.of(value(i) * value(i), precision);
    }

    private DenseMatrix diagonal(double[] leading) {
      return DenseMatrix.diagonal(Arrays.copyOf(leading, spectrum.values().length));
    }

    /** V (C Vᵀ). */
    private DenseMatrix sandwich(DenseMatrix core) {
      DenseMatrix right = stored(stored(core).times(spectrum.vectors().transpose()));
      return stored(spectrum.vectors().times(right));
    }

    private DenseMatrix stored(DenseMatrix matrix) {
      return Stored.of(matrix, precision);
    }

    private static boolean isFinite(DenseMatrix matrix) {
      return Arrays.stream(matrix.columnMajor()).allMatch(Double::isFinite);
    }
  }
}
