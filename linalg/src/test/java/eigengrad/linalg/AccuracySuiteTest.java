package eigengrad.linalg;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every hostile family at small orders and around the block sizes, at leaves of 4 and of the
 * default size. {@code LargeAccuracyTest} goes on where these orders end.
 */
@Execution(ExecutionMode.CONCURRENT)
class AccuracySuiteTest {
  private static final long SEED = 1;

  /** Families for the larger orders: unstructured, much deflation, little deflation. */
  private static final Set<String> FEW =
      Set.of("uniform", "spectrum all 1 but one", "Wilkinson", "(2; 1)");

  @TestFactory
  Stream<DynamicTest> denseFamilies_areAccurate() {
    return orders().boxed().flatMap(n -> AccuracyTests.dense(n, SEED));
  }

  @TestFactory
  Stream<DynamicTest> tridiagonalFamilies_areAccurate() {
    return orders().boxed().flatMap(n -> AccuracyTests.tridiagonal(n, SEED));
  }

  @TestFactory
  Stream<DynamicTest> fewFamiliesOfLargerOrder_areAccurate() {
    return IntStream.of(257, 500).boxed().flatMap(n -> AccuracyTests.named(FEW, n, SEED));
  }

  @TestFactory
  Stream<DynamicTest> gluedWilkinsonMatrices_areAccurate() {
    return IntStream.of(2, 7).boxed().flatMap(AccuracyTests::gluedWilkinson);
  }

  @TestFactory
  Stream<DynamicTest> mixedGlue_isAccurate() {
    return AccuracyTests.mixedGlue(SEED);
  }

  private static IntStream orders() {
    return IntStream.concat(
        IntStream.rangeClosed(0, 18),
        IntStream.of(23, 24, 25, 31, 32, 33, 34, 39, 40, 63, 65, 129));
  }
}
