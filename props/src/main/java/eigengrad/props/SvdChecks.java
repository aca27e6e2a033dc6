package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/** What the contracts of singular value decompositions check beside the ratios. */
final class SvdChecks {
  private SvdChecks() {}

  /** Min(m, n) finite values, descending, ≥ 0, and finite vectors of the thin shape. */
  static void requireComplete(Object sample, DenseMatrix matrix, SingularTriplets triplets) {
    int k = Math.min(matrix.rows(), matrix.columns());
    double[] values = triplets.values();
    SolverChecks.require(values.length == k, values.length + " values, not " + k, sample);
    requireShape("left", triplets.left(), matrix.rows(), k, sample);
    requireShape("right", triplets.right(), matrix.columns(), k, sample);
    SolverChecks.require(
        allFinite(values)
            && allFinite(triplets.left().columnMajor())
            && allFinite(triplets.right().columnMajor()),
        "an answer that is not finite",
        sample);
    for (int j = 0; j < k; j++) {
      SolverChecks.require(values[j] >= 0, "a negative singular value " + values[j], sample);
      SolverChecks.require(
          j == 0 || values[j - 1] >= values[j],
          "singular values that do not descend, at index " + j,
          sample);
    }
  }

  private static boolean allFinite(double[] x) {
    return Arrays.stream(x).allMatch(Double::isFinite);
  }

  private static void requireShape(
      String name, DenseMatrix vectors, int rows, int columns, Object sample) {
    SolverChecks.require(
        vectors.rows() == rows && vectors.columns() == columns,
        "%s vectors of %d×%d, not %d×%d"
            .formatted(name, vectors.rows(), vectors.columns(), rows, columns),
        sample);
  }

  /** Values that must agree, up to the limit. */
  static void requireValues(Object sample, DenseMatrix matrix, double[] expected, double[] actual) {
    int k = expected.length;
    double difference = Differences.ofValues(expected, actual);
    int most = Math.max(matrix.rows(), matrix.columns());
    Limit.SINGULAR_VALUES.require(difference * k / Math.max(most, 1), sample);
  }

  static void requireRefusal(SvdContract solver, DenseMatrix matrix) {
    double[] values;
    try {
      values = solver.solve(matrix).values();
    } catch (RuntimeException refusal) {
      return;
    }
    throw SolverChecks.answered("singular values", values, matrix);
  }
}
