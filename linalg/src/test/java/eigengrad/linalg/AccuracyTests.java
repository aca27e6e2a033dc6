package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Turns families of matrices into tests, one per matrix, named by family, order and seed. */
final class AccuracyTests {
  private AccuracyTests() {}

  static Stream<DynamicTest> dense(int n, long seed) {
    return HostileMatrices.all(n, seed).entrySet().stream()
        .map(
            matrix ->
                test(
                    matrix.getKey() + ", n = " + n + ", seed " + seed,
                    () -> AccuracyRatios.of(matrix.getValue().get())));
  }

  static Stream<DynamicTest> tridiagonal(int n, long seed) {
    return tridiagonal(HostileTridiagonals.all(n, seed), ", seed " + seed);
  }

  /** Only the dense and tridiagonal matrices of these names. */
  static Stream<DynamicTest> named(Set<String> names, int n, long seed) {
    return Stream.concat(dense(n, seed), tridiagonal(n, seed))
        .filter(
            test ->
                names.stream().anyMatch(name -> test.getDisplayName().startsWith(name + ", n =")));
  }

  static Stream<DynamicTest> gluedWilkinson(int copies) {
    return tridiagonal(HostileTridiagonals.gluedWilkinson(copies), "");
  }

  static Stream<DynamicTest> mixedGlue(long seed) {
    return tridiagonal(HostileTridiagonals.mixedGlue(seed), ", seed " + seed);
  }

  /** The STCollection's matrices up to an order; one skipped test where they are not there. */
  static Stream<DynamicTest> collected(int largestOrder) {
    return StCollection.isPresent()
        ? tridiagonal(StCollection.upTo(largestOrder), "")
        : Stream.of(skippedCollection());
  }

  /** The same as dense matrices, under a random orthogonal similarity. */
  static Stream<DynamicTest> collectedAsDense(int largestOrder, long seed) {
    return StCollection.isPresent()
        ? StCollection.upTo(largestOrder).entrySet().stream()
            .map(matrix -> similar(matrix.getKey(), matrix.getValue(), seed))
        : Stream.of(skippedCollection());
  }

  private static DynamicTest skippedCollection() {
    return dynamicTest("STCollection", () -> Assumptions.abort(StCollection.ABSENT));
  }

  private static Stream<DynamicTest> tridiagonal(Map<String, Tridiagonal> matrices, String seed) {
    return matrices.entrySet().stream()
        .map(
            matrix ->
                test(
                    matrix.getKey() + ", n = " + matrix.getValue().d().length + seed,
                    () -> AccuracyRatios.of(matrix.getValue())));
  }

  private static DynamicTest similar(String name, Tridiagonal t, long seed) {
    int n = t.d().length;
    return test(
        name + ", n = " + n + ", under a similarity of seed " + seed,
        () -> AccuracyRatios.of(TestMatrices.similar(TestMatrices.orthogonal(n, seed), t.dense())));
  }

  private static DynamicTest test(String matrix, Supplier<Map<String, AccuracyRatios>> ratios) {
    return dynamicTest(
        matrix,
        () -> assertEquals(List.of(), excesses(matrix, ratios), () -> matrix + " is not accurate"));
  }

  private static List<String> excesses(
      String matrix, Supplier<Map<String, AccuracyRatios>> ratios) {
    List<String> excesses = new ArrayList<>();
    try {
      ratios
          .get()
          .forEach(
              (solver, found) ->
                  found.excesses().forEach(excess -> excesses.add(solver + ", " + excess)));
    } catch (RuntimeException failure) {
      throw new AssertionError(matrix + " is not solved", failure);
    }
    return excesses;
  }
}
