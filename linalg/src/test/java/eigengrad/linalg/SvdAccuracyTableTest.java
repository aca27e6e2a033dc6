package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.simd.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worst ratios of each family of rectangular matrices, by method, over shapes up to 300×300, in
 * {@code target/svd-accuracy-KERNELS.md}.
 */
@Tag("slow")
class SvdAccuracyTableTest {
  private static final int[][] SHAPES = {
    {3, 3}, {8, 8}, {17, 16}, {16, 31}, {32, 32}, {70, 17}, {24, 150}, {100, 100}, {300, 300}
  };

  /** Jacobi's method takes seconds beyond. */
  private static final int LARGEST_OF_JACOBI = 150;

  private static final long SEED = 3;

  private static final SvdSolver BIDIAGONAL = new SvdSolver();
  private static final SvdSolver JACOBI =
      BIDIAGONAL.with(SvdOptions.DEFAULT.withMethod(SvdMethod.JACOBI));

  /** Residual and orthogonality of each method, and of the first the difference of values alone. */
  private final Map<String, double[]> worst = new LinkedHashMap<>();

  @Test
  void worstRatios_ofEveryFamily_areWithinTheLimit() throws IOException {
    for (int[] shape : SHAPES) {
      RectangularMatrices.all(shape[0], shape[1], SEED).forEach(this::add);
    }
    double[] all = new double[7];
    worst.values().forEach(ratios -> merge(ratios, all));
    StringBuilder table = new StringBuilder();
    worst.forEach((family, ratios) -> table.append(row(family, ratios)));
    table.append(row("worst", all));
    Path file = Path.of("target", "svd-accuracy-" + Kernels.active().name() + ".md");
    Files.createDirectories(Path.of("target"));
    Files.writeString(file, table);
    worst.forEach(
        (family, ratios) ->
            assertTrue(
                Arrays.stream(ratios).max().orElse(0) <= RectangularMatrices.RATIO_LIMIT, family));
  }

  private void add(String family, DenseMatrix matrix) {
    double[] ratios = new double[7];
    SingularValueDecomposition svd = BIDIAGONAL.decompose(matrix);
    put(svd, matrix, ratios, 0);
    ratios[2] = difference(svd, BIDIAGONAL.values(matrix), matrix);
    put(BIDIAGONAL.decompose(MatrixBatch.of(matrix)).decomposition(0), matrix, ratios, 3);
    if (Math.max(matrix.rows(), matrix.columns()) <= LARGEST_OF_JACOBI) {
      put(JACOBI.decompose(matrix), matrix, ratios, 5);
    }
    merge(ratios, worst.computeIfAbsent(family, name -> new double[7]));
  }

  private static void put(
      SingularValueDecomposition svd, DenseMatrix matrix, double[] ratios, int at) {
    ratios[at] = svd.residual(matrix);
    ratios[at + 1] = Math.max(svd.leftOrthogonality(), svd.rightOrthogonality());
  }

  /** Of values alone, in max(m, n)·u'·σ₀. */
  private static double difference(
      SingularValueDecomposition svd, double[] alone, DenseMatrix matrix) {
    double largest = 0;
    for (int j = 0; j < alone.length; j++) {
      largest = Math.max(largest, Math.abs(alone[j] - svd.value(j)));
    }
    int order = Math.max(matrix.rows(), matrix.columns());
    return largest == 0 ? 0 : largest / svd.value(0) / (order * SpectralAccuracy.ULP);
  }

  private static void merge(double[] ratios, double[] into) {
    Arrays.setAll(into, i -> Math.max(into[i], ratios[i]));
  }

  private static String row(String family, double[] ratios) {
    StringBuilder row = new StringBuilder("| " + family + " |");
    for (double ratio : ratios) {
      row.append(String.format(Locale.ROOT, " %.2f |", ratio));
    }
    return row.append('\n').toString();
  }
}
