package eigengrad.props;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Batches, and what the contract of a batched solver checks. */
final class BatchChecks {
  private BatchChecks() {}

  /** One matrix of each family, each from its own seed. */
  static List<TestMatrix> batch(List<MatrixFamily> families, int n, long seed) {
    return IntStream.range(0, families.size())
        .mapToObj(i -> families.get(i).of(n, seed + i))
        .toList();
  }

  static TestMatrix scaled(TestMatrix sample, int exponent) {
    return new TestMatrix(
        sample.family(),
        "%s.times(Math.scalb(1.0, %d))".formatted(sample.expression(), exponent),
        sample.matrix().times(Math.scalb(1.0, exponent)));
  }

  static void requireSame(List<TestMatrix> batch, int i, Eigenpairs expected, Eigenpairs actual) {
    SolverChecks.require(
        Arrays.equals(expected.values(), actual.values())
            && expected.vectors().equals(actual.vectors()),
        "the answer depends on other matrices",
        place(batch, i));
  }

  static Object place(List<TestMatrix> batch, int i) {
    return "matrix %d of %d, %s".formatted(i, batch.size(), batch.get(i));
  }
}
