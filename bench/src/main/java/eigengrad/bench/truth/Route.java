package eigengrad.bench.truth;

import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A way to differentiate a function of a symmetric matrix; the order is that of colours. */
public enum Route {
  /** The paper's proposal, K = 19. */
  OURS("Ours", "exact eigenvectors, gradient of 19 steps of power iteration: the paper's proposal"),
  /** The paper's "SVD". */
  SVD("SVD", "exact eigenvectors, analytic gradient: differences first, then 1/(λᵢ − λⱼ)"),
  /** The paper's "PI", K = 19. */
  PI("PI", "19 steps of power iteration with deflation, forward and backward"),
  /** {@link PublishedFormula.Form#SYMMETRIC}. */
  PUBLISHED(
      "Published formula", "1/(λⱼ − λᵢ) for all pairs, as PyTorch's eigendecomposition had it"),
  /** {@link PublishedFormula.Form#SINGULAR}. */
  PUBLISHED_SVD(
      "Published SVD",
      "1/(λⱼ² − λᵢ²) for all pairs, as PyTorch's svd had it for the authors' code"),
  /** As a function of the matrix: the library's default. */
  EXACT("Exact", "as a function of the matrix, by divided differences: the library's default");

  /** K in the paper. */
  private static final int ITERATIONS = 19;

  private final String label;
  private final String meaning;

  Route(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /**
   * What it is called in legends and tables.
   *
   * @return the name
   */
  public String label() {
    return label;
  }

  /**
   * What it does, for a reader who has not read the paper.
   *
   * @return half a sentence
   */
  public String meaning() {
    return meaning;
  }

  /**
   * ∂L/∂M by this route.
   *
   * @param function f, L = ⟨S, f(M)⟩
   * @param matrix M
   * @param cotangent S, symmetric
   * @param precision of what is stored
   * @param seed of power iteration's start vectors
   */
  DenseMatrix gradient(
      MatrixFunction function,
      DenseMatrix matrix,
      DenseMatrix cotangent,
      Precision precision,
      long seed) {
    return this == EXACT
        ? exact(function, matrix, cotangent, precision)
        : function.through(eigen(ITERATIONS, precision, seed), matrix, cotangent);
  }

  /**
   * The decomposition that it goes through.
   *
   * @param terms K of power iteration; the other routes have none
   * @param precision of what is stored
   * @param seed of power iteration's start vectors
   * @return how eigenvectors are computed and differentiated
   * @throws IllegalStateException if this is the exact route, which has no eigenvectors
   */
  public DifferentiableEigen eigen(int terms, Precision precision, long seed) {
    return switch (this) {
      case SVD -> DifferentiableEigen.analytic(precision);
      case OURS -> DifferentiableEigen.hybrid(terms, precision);
      case PI -> {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        yield DifferentiableEigen.deflatedPowerIteration(terms, random, precision);
      }
      case PUBLISHED -> new PublishedFormula(PublishedFormula.Form.SYMMETRIC, precision);
      case PUBLISHED_SVD -> new PublishedFormula(PublishedFormula.Form.SINGULAR, precision);
      case EXACT -> throw new IllegalStateException("the exact route has no eigenvectors");
    };
  }

  /** The library computes in double; what float32 code would make of the formula is imitated. */
  private static DenseMatrix exact(
      MatrixFunction function, DenseMatrix matrix, DenseMatrix cotangent, Precision precision) {
    return precision == Precision.FLOAT64
        ? function.exact(matrix, cotangent)
        : Spectrum.of(SymmetricEigen.decompose(Stored.of(matrix, precision)), precision)
            .gradient(function, cotangent, precision);
  }
}
