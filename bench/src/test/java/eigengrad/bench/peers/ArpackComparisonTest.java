package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.netlib.arpack.Dsaupd;
import org.netlib.util.doubleW;
import org.netlib.util.intW;

/** The products that ours and ARPACK need for the same pairs of the same operators. */
class ArpackComparisonTest {
  private static final double TOLERANCE = 1e-10;

  /** Rows and columns of a grid that is not square: simple eigenvalues, in pairs nearly equal. */
  private static final int ROWS = 25;

  private static final int COLUMNS = 32;
  private static final int N = ROWS * COLUMNS;

  /** What ours may spend on the search for missed copies, which ARPACK does not do. */
  private static final double SEARCH = 1.25;

  /** Sums of the logarithms of ours over theirs: with our basis' default size, and with theirs. */
  private double logRatio;

  private double logRatioOfEqualBases;

  @Test
  void products_sameOperators_areNoMoreThanArpackNeeds() {
    Random random = new Random(1);
    double[] uniform = spectrum(i -> random.nextDouble());
    double[] clustered = uniform.clone();
    for (int i = N - 5; i < N; i++) {
      clustered[i] = 2 + 1e-6 * i;
    }
    compare(uniform, diagonal(uniform), 8, 0);
    compare(uniform, diagonal(uniform), 0, 8);
    compare(clustered, diagonal(clustered), 0, 5);
    double[] gaussian = spectrum(i -> random.nextGaussian());
    compare(gaussian, diagonal(gaussian), 0, 10);
    double[] decaying = spectrum(i -> 1.0 / (1 + i));
    compare(decaying, diagonal(decaying), 0, 16);
    double[] grid = spectrum(p -> second(p % COLUMNS, COLUMNS) + second(p / COLUMNS, ROWS));
    compare(grid, ArpackComparisonTest::gridLaplacian, 6, 0);
    compare(grid, ArpackComparisonTest::gridLaplacian, 0, 6);
    assertTrue(logRatio <= 0, "on average %.2f times".formatted(Math.exp(logRatio / 7)));
    assertTrue(
        logRatioOfEqualBases / 7 <= Math.log(SEARCH),
        "with equal bases on average %.2f times".formatted(Math.exp(logRatioOfEqualBases / 7)));
  }

  private void compare(double[] exact, SymmetricProduct product, int smallest, int largest) {
    int k = smallest + largest;
    int basis = Math.max(2 * k + 1, 20);
    int theirs = arpackProducts(product, k, smallest > 0 ? "SA" : "LA", basis);
    LeadingEigen solver = LeadingEigen.DEFAULT.withTolerance(TOLERANCE);
    LeadingPairs pairs = solver.ends(N, product, smallest, largest);
    for (int j = 0; j < k; j++) {
      assertEquals(exact[smallest > 0 ? j : N - k + j], pairs.values()[j], 1e-12);
    }
    LeadingPairs equal = solver.withSubspaceSize(basis).ends(N, product, smallest, largest);
    logRatio += Math.log(pairs.products() / (double) theirs);
    logRatioOfEqualBases += Math.log(equal.products() / (double) theirs);
  }

  private static int arpackProducts(SymmetricProduct product, int k, String which, int basis) {
    double[] start = new Random(2).doubles(N, -1, 1).toArray();
    double[] work = new double[3 * N];
    double[] local = new double[basis * (basis + 8)];
    double[] vectors = new double[N * basis];
    int[] settings = new int[11];
    int[] at = new int[14];
    settings[0] = 1;
    settings[2] = 10_000;
    settings[6] = 1;
    intW task = new intW(0);
    intW info = new intW(1);
    doubleW tolerance = new doubleW(TOLERANCE);
    double[] y = new double[N];
    for (int products = 0; ; products++) {
      Dsaupd.dsaupd(
          task,
          "I",
          N,
          which,
          k,
          tolerance,
          start,
          0,
          basis,
          vectors,
          0,
          N,
          settings,
          0,
          at,
          0,
          work,
          0,
          local,
          0,
          local.length,
          info);
      if (task.val == 99) {
        assertEquals(0, info.val);
        return products;
      }
      product.multiply(Arrays.copyOfRange(work, at[0] - 1, at[0] - 1 + N), y);
      System.arraycopy(y, 0, work, at[1] - 1, N);
    }
  }

  private static double[] spectrum(IntToDoubleFunction value) {
    double[] values = new double[N];
    Arrays.setAll(values, value);
    Arrays.sort(values);
    return values;
  }

  private static double second(int i, int length) {
    return 2 - 2 * Math.cos(Math.PI * i / length);
  }

  private static SymmetricProduct diagonal(double[] values) {
    return (x, y) -> Arrays.setAll(y, i -> values[i] * x[i]);
  }

  private static void gridLaplacian(double[] x, double[] y) {
    for (int p = 0; p < N; p++) {
      int j = p % COLUMNS;
      double sum = p >= COLUMNS ? x[p] - x[p - COLUMNS] : 0;
      sum += p < N - COLUMNS ? x[p] - x[p + COLUMNS] : 0;
      sum += j > 0 ? x[p] - x[p - 1] : 0;
      sum += j < COLUMNS - 1 ? x[p] - x[p + 1] : 0;
      y[p] = sum;
    }
  }
}
