package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What the contracts of solvers check beside the ratios. */
final class SolverChecks {
  private SolverChecks() {}

  static void require(boolean condition, String complaint, Object sample) {
    if (!condition) {
      throw new AssertionError(complaint + " for " + sample);
    }
  }

  /** n finite values, ascending, and n×n finite vectors. */
  static void requireComplete(TestMatrix sample, Eigenpairs pairs) {
    int n = sample.matrix().rows();
    double[] values = pairs.values();
    DenseMatrix vectors = pairs.vectors();
    require(values.length == n, values.length + " eigenvalues, not " + n, sample);
    require(
        vectors.rows() == n && vectors.columns() == n,
        "vectors of %d×%d, not %d×%d".formatted(vectors.rows(), vectors.columns(), n, n),
        sample);
    require(
        Arrays.stream(values).allMatch(Double::isFinite)
            && Arrays.stream(vectors.columnMajor()).allMatch(Double::isFinite),
        "an answer that is not finite",
        sample);
    for (int j = 1; j < n; j++) {
      require(
          values[j - 1] <= values[j],
          "eigenvalues that do not ascend, %s before %s at index %d,"
              .formatted(values[j - 1], values[j], j),
          sample);
    }
  }

  /** lower[j] ≤ upper[j] up to the limit. */
  static void requireOrder(TestMatrix sample, double[] lower, double[] upper, double unit) {
    require(
        lower.length == upper.length,
        lower.length + " eigenvalues of one and " + upper.length + " of the other",
        sample);
    for (int j = 0; j < lower.length; j++) {
      Limit.ORDER.require((lower[j] - upper[j]) / unit, sample);
    }
  }

  static void requireTraceAndNorm(TestMatrix sample, double[] values) {
    DenseMatrix matrix = sample.matrix();
    int n = matrix.rows();
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += matrix.get(i, i);
    }
    double norm = matrix.frobeniusNorm();
    double sum = Arrays.stream(values).sum();
    double root = DenseMatrix.diagonal(values).frobeniusNorm();
    // n values, each off by the unit.
    double unit = Math.max(n, 1) * Differences.unit(values, new double[] {norm});
    Limit.SPECTRUM.require(Math.abs(trace - sum) / unit, sample);
    Limit.SPECTRUM.require(Math.abs(norm - root) / unit, sample);
  }

  static DenseMatrix leading(DenseMatrix matrix, int n) {
    double[] inner = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix.columnMajor(), j * matrix.rows(), inner, j * n, n);
    }
    return DenseMatrix.wrap(n, n, inner);
  }

  static void requireRefusal(EigenSolverContract solver, DenseMatrix matrix) {
    Eigenpairs pairs;
    try {
      pairs = solver.solve(matrix);
    } catch (RuntimeException refusal) {
      return;
    }
    throw answered("eigenvalues", pairs.values(), matrix);
  }

  /** The complaint about a solver that should have refused the matrix. */
  static AssertionError answered(String what, double[] values, DenseMatrix matrix) {
    String answer =
        Arrays.stream(values).allMatch(value -> value == 0)
            ? "zeros"
            : Arrays.stream(values).anyMatch(Double::isNaN) ? "NaN" : "numbers";
    return new AssertionError(
        "answered with %s, the %s %s of %s"
            .formatted(answer, what, JavaLiteral.of(values), JavaLiteral.of(matrix)));
  }

  /** Uniform matrices of up to order 8 with one such element, and its mirror image. */
  static Arbitrary<DenseMatrix> spoiled(Double... elements) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(elements),
            SymmetricMatrices.seeds())
        .as(SolverChecks::spoiled)
        .withoutEdgeCases();
  }

  /** A uniform matrix with one element, and its mirror image, replaced. */
  static DenseMatrix spoiled(int n, double element, long seed) {
    RandomGenerator random = SymmetricMatrices.random(seed);
    double[] a = SymmetricMatrices.uniform(n, seed).columnMajor();
    int i = random.nextInt(n);
    int j = random.nextInt(n);
    a[i + j * n] = element;
    a[j + i * n] = element;
    return DenseMatrix.wrap(n, n, a);
  }
}
