package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.LeadingPairs.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LeadingEigenTest {
  private static final LeadingEigen SOLVER = LeadingEigen.DEFAULT.withTolerance(1e-10);

  /** Of the errors in the values: they are quadratic in the residuals, but for rounding. */
  private static final double VALUE_LIMIT = 1e-12;

  @Test
  void ends_anySideAndBlock_agreesWithTheSolver() {
    DenseMatrix matrix = TestMatrices.uniform(150, 1);
    double[] exact = SymmetricEigen.values(matrix);
    SymmetricProduct product = SymmetricProduct.of(matrix);
    for (int block : new int[] {1, 2, 5}) {
      LeadingEigen solver = SOLVER.withBlockSize(block);
      requireEnds(exact, product, solver.largest(150, product, 6), 0, 6);
      requireEnds(exact, product, solver.smallest(150, product, 6), 6, 0);
      requireEnds(exact, product, solver.ends(150, product, 3, 2), 3, 2);
    }
  }

  @Test
  void ends_orderHardlyAboveTheBasis_agreesWithTheSolver() {
    for (int n : new int[] {1, 2, 3, 22, 23, 24, 25, 26, 27, 30}) {
      DenseMatrix matrix = TestMatrices.uniform(n, n);
      SymmetricProduct product = SymmetricProduct.of(matrix);
      double[] exact = SymmetricEigen.values(matrix);
      requireEnds(exact, product, SOLVER.largest(n, product, 1), 0, 1);
      requireEnds(exact, product, SOLVER.ends(n, product, n / 2, n - n / 2), n / 2, n - n / 2);
    }
  }

  @Test
  void ends_scaledBeyondSquares_isScaled() {
    DenseMatrix matrix = TestMatrices.uniform(100, 3);
    LeadingPairs plain = SOLVER.ends(100, SymmetricProduct.of(matrix), 2, 2);
    for (int exponent : new int[] {-1000, 1000}) {
      Scaling scaling = new Scaling(exponent);
      LeadingPairs scaled = SOLVER.ends(100, SymmetricProduct.of(scaling.apply(matrix)), 2, 2);
      assertEquals(plain.vectors(), scaled.vectors());
      assertArrayEquals(scaling.apply(plain.values()), scaled.values());
    }
  }

  @Test
  void smallest_unconnectedPaths_findsEveryCopyOfZero() {
    int parts = 6;
    int length = 50;
    double[] exact = new double[parts * length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = 2 - 2 * Math.cos(Math.PI * (i % length) / length);
    }
    Arrays.sort(exact);
    SymmetricProduct laplacian = grids(parts, 1, length);
    for (int block : new int[] {1, 4}) {
      LeadingPairs pairs = SOLVER.withBlockSize(block).smallest(exact.length, laplacian, 8);
      requireEnds(exact, laplacian, pairs, 8, 0);
    }
  }

  @Test
  void ends_squareGrid_findsBothOfEveryPair() {
    int side = 25;
    double[] exact = new double[side * side];
    for (int i = 0; i < exact.length; i++) {
      int row = i / side;
      int column = i % side;
      exact[i] =
          4 - 2 * Math.cos(Math.PI * column / side) - 2 * Math.cos(Math.PI * row / side);
    }
    Arrays.sort(exact);
    SymmetricProduct laplacian = grids(1, side, side);
    requireEnds(exact, laplacian, SOLVER.ends(exact.length, laplacian, 6, 5), 6, 5);
  }

  @Test
  void largest_clusteredAndMultipleEnds_findsThem() {
    double[] clustered = spectrum(500);
    double[] multiple = spectrum(500);
    for (int i = 0; i < 5; i++) {
      clustered[499 - i] = 2 - 1e-7 * i;
      multiple[499 - i] = 2;
    }
    requireEnds(clustered, diagonal(clustered), SOLVER.largest(500, diagonal(clustered), 5), 0, 5);
    requireEnds(multiple, diagonal(multiple), SOLVER.largest(500, diagonal(multiple), 7), 0, 7);
  }

  @Test
  void ends_fewDistinctValues_goesOnBeyondTheInvariantSubspace() {
    double[] zero = new double[200];
    requireEnds(zero, diagonal(zero), SOLVER.ends(200, diagonal(zero), 2, 3), 2, 3);
    double[] three = new double[200];
    Arrays.fill(three, 1);
    three[0] = -3;
    three[198] = 5;
    three[199] = 5;
    requireEnds(three, diagonal(three), SOLVER.largest(200, diagonal(three), 4), 0, 4);
    requireEnds(three, diagonal(three), SOLVER.smallest(200, diagonal(three), 4), 4, 0);
  }

  @Test
  void ends_noneWanted_needsNoProduct() {
    LeadingPairs none = SOLVER.largest(1000, diagonal(new double[1000]), 0);
    assertEquals(0, none.size());
    assertEquals(0, none.products());
    assertEquals(Outcome.CONVERGED, none.outcome());
    assertEquals(0, SOLVER.largest(0, diagonal(new double[0]), 0).size());
  }

  @Test
  void ends_sameSeed_givesTheSameBits() {
    SymmetricProduct product = diagonal(spectrum(300));
    LeadingPairs first = SOLVER.largest(300, product, 4);
    LeadingPairs again = SOLVER.largest(300, product, 4);
    assertEquals(first.vectors(), again.vectors());
    assertArrayEquals(first.bounds(), again.bounds());
    assertFalse(first.vectors().equals(SOLVER.withSeed(1).largest(300, product, 4).vectors()));
  }

  @Test
  void maxProducts_tooFew_returnsWhatHasConverged() {
    double[] exact = spectrum(400);
    exact[399] = 50;
    LeadingEigen hasty = SOLVER.withMaxProducts(40);
    LeadingPairs pairs = hasty.ends(400, diagonal(exact), 2, 3);
    assertEquals(Outcome.EXHAUSTED, pairs.outcome());
    assertEquals(40, pairs.products());
    assertEquals(1, pairs.size());
    assertEquals(0, pairs.smallest());
    assertEquals(50, pairs.values()[0], VALUE_LIMIT);
    assertEquals(0, SOLVER.withMaxProducts(5).largest(10, diagonal(new double[10]), 1).size());
  }

  @Test
  void interrupt_duringACall_returnsWhatHasConverged() {
    double[] exact = spectrum(400);
    exact[399] = 50;
    SymmetricProduct product = diagonal(exact);
    LeadingEigen solver =
        SOLVER.withProgress(
            progress -> {
              if (progress.converged() == 1) {
                Thread.currentThread().interrupt();
              }
            });
    LeadingPairs pairs = solver.ends(400, product, 2, 3);
    assertTrue(Thread.interrupted());
    assertEquals(Outcome.INTERRUPTED, pairs.outcome());
    assertEquals(50, pairs.values()[pairs.size() - 1], VALUE_LIMIT);
    Thread.currentThread().interrupt();
    assertEquals(Outcome.INTERRUPTED, SOLVER.largest(10, diagonal(new double[10]), 1).outcome());
    assertTrue(Thread.interrupted());
  }

  @Test
  void product_throwing_isPassedThrough() {
    SymmetricProduct broken =
        (x, y) -> {
          throw new CancellationException("job 7");
        };
    assertEquals(
        "job 7",
        assertThrows(CancellationException.class, () -> SOLVER.largest(200, broken, 1))
            .getMessage());
  }

  @Test
  void progress_untilTheEnd_isTold() {
    List<LeadingEigen.Progress> told = new ArrayList<>();
    LeadingPairs pairs = SOLVER.withProgress(told::add).largest(300, diagonal(spectrum(300)), 4);
    LeadingEigen.Progress last = told.get(told.size() - 1);
    assertEquals(4, last.converged());
    assertEquals(4, last.wanted());
    assertEquals(0, last.largestResidual());
    assertTrue(told.get(0).largestResidual() > 1e-10);
    assertTrue(last.products() <= pairs.products());
  }

  @Test
  void product_notSymmetric_isRefused() {
    SymmetricProduct skewed =
        (x, y) -> {
          for (int i = 0; i < x.length; i++) {
            y[i] = i * x[i] + (i > 0 ? 1e-3 * x[i - 1] : 0);
          }
        };
    for (int n : new int[] {10, 500}) {
      assertRefused("symmetric operator", () -> SOLVER.largest(n, skewed, 2));
    }
  }

  @Test
  void product_notFinite_isRefusedWithItsPlace() {
    double[] values = spectrum(200);
    values[17] = Double.NaN;
    assertRefused("NaN at index 17 of product 0", () -> SOLVER.largest(200, diagonal(values), 2));
    assertRefused("NaN at index", () -> SOLVER.largest(20, diagonal(values), 2));
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertRefused("tolerance", () -> SOLVER.withTolerance(-1));
    assertRefused("tolerance", () -> SOLVER.withTolerance(Double.NaN));
    assertRefused("blockSize must be ≥ 1, got 0", () -> SOLVER.withBlockSize(0));
    assertRefused("subspaceSize", () -> SOLVER.withSubspaceSize(-1));
    assertRefused("maxProducts", () -> SOLVER.withMaxProducts(0));
    SymmetricProduct zero = diagonal(new double[5]);
    assertRefused("largest must be ≥ 0, got -1", () -> SOLVER.largest(5, zero, -1));
    assertRefused("at most the order 5, got 6", () -> SOLVER.ends(5, zero, 3, 3));
    assertRefused("n must be ≥ 0", () -> SOLVER.largest(-1, zero, 0));
  }

  /** The pairs are all that were wanted, as exact as they say, and orthonormal. */
  private static void requireEnds(
      double[] exact, SymmetricProduct product, LeadingPairs pairs, int smallest, int largest) {
    int n = exact.length;
    double norm = Math.max(1, Math.max(Math.abs(exact[0]), Math.abs(exact[n - 1])));
    assertEquals(Outcome.CONVERGED, pairs.outcome());
    assertEquals(smallest + largest, pairs.size());
    assertEquals(smallest, pairs.smallest());
    assertTrue(pairs.pairs().orthogonality() <= 1);
    double[] image = new double[n];
    for (int j = 0; j < pairs.size(); j++) {
      double value = pairs.values()[j];
      int at = j < smallest ? j : n - pairs.size() + j;
      assertEquals(exact[at], value, VALUE_LIMIT * norm);
      double[] vector = pairs.vectors().column(j);
      product.multiply(vector, image);
      double square = 0;
      for (int i = 0; i < n; i++) {
        square += (image[i] - value * vector[i]) * (image[i] - value * vector[i]);
      }
      assertTrue(Math.sqrt(square) <= 1.01 * pairs.bounds()[j] + 1e-300);
      assertTrue(pairs.bounds()[j] <= 1e-9 * norm);
    }
  }

  private static double[] spectrum(int n) {
    RandomGenerator random = TestMatrices.random(n);
    return random.doubles(n).sorted().toArray();
  }

  private static SymmetricProduct diagonal(double[] values) {
    return (x, y) -> Arrays.setAll(y, i -> values[i] * x[i]);
  }

  /** The Laplacian of some grids that are not connected. */
  private static SymmetricProduct grids(int count, int rows, int columns) {
    return (x, y) -> {
      for (int p = 0; p < y.length; p++) {
        int i = p / columns % rows;
        int j = p % columns;
        double sum = 0;
        sum += i > 0 ? x[p] - x[p - columns] : 0;
        sum += i < rows - 1 ? x[p] - x[p + columns] : 0;
        sum += j > 0 ? x[p] - x[p - 1] : 0;
        sum += j < columns - 1 ? x[p] - x[p + 1] : 0;
        y[p] = sum;
      }
      assertEquals(count * rows * columns, y.length);
    };
  }

  private static void assertRefused(String part, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains(part), message);
  }
}
