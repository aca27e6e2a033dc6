package eigengrad.linalg;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The accuracy suite at orders that take minutes: {@code mvn verify -Pslow}. */
@Tag("slow")
class LargeAccuracyTest {
  private static final long SEED = 2;

  /** Much deflation, little, none; clustered, graded and indefinite spectra. */
  private static final Set<String> SELECTION =
      Set.of(
          "uniform",
          "UDUᵀ mode 4",
          "UDUᵀ mode 3",
          "UDUᵀ mode 1",
          "positive definite mode 3",
          "spectrum all 1 but one, signed",
          "spectrum log-uniform, reversed, signed",
          "spectrum multiples of an ulp",
          "spectrum steps of the root of an ulp",
          "spectrum steps of 100 ulps",
          "low rank, n − 1",
          "(2; 1)",
          "Wilkinson",
          "Clement",
          "Laguerre",
          "random tridiagonal");

  @TestFactory
  Stream<DynamicTest> everyFamilyOfMediumOrder_isAccurate() {
    return IntStream.of(200, 255, 257, 500)
        .boxed()
        .flatMap(
            n -> Stream.concat(AccuracyTests.dense(n, SEED), AccuracyTests.tridiagonal(n, SEED)));
  }

  @TestFactory
  Stream<DynamicTest> ordersBesidePowersOfTwo_areAccurate() {
    return IntStream.of(511, 513, 1023, 1025)
        .boxed()
        .flatMap(n -> AccuracyTests.named(Set.of("uniform", "(2; 1)", "Wilkinson"), n, SEED));
  }

  @TestFactory
  Stream<DynamicTest> selectionOfOrder1024_isAccurate() {
    return AccuracyTests.named(SELECTION, 1024, SEED);
  }

  @TestFactory
  Stream<DynamicTest> selectionOfOrder2048_isAccurate() {
    return AccuracyTests.named(SELECTION, 2048, SEED);
  }

  @TestFactory
  Stream<DynamicTest> twentyGluedWilkinsonMatrices_areAccurate() {
    return AccuracyTests.gluedWilkinson(20);
  }

  @TestFactory
  Stream<DynamicTest> hundredGluedWilkinsonMatrices_areAccurate() {
    return AccuracyTests.gluedWilkinson(100);
  }

  @TestFactory
  Stream<DynamicTest> tridiagonalMatricesOfRealProblems_areAccurate() {
    return AccuracyTests.collected(Integer.MAX_VALUE);
  }

  @TestFactory
  Stream<DynamicTest> denseMatricesOfRealSpectra_areAccurate() {
    return AccuracyTests.collectedAsDense(Integer.MAX_VALUE, SEED);
  }
}
