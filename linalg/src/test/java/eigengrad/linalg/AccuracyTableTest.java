package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worst ratios of each family, over its variants, orders up to 512, leaf sizes and solvers, in
 * {@code target/accuracy.md}.
 */
@Tag("slow")
class AccuracyTableTest {
  private static final int[] ORDERS = {5, 20, 33, 67, 130, 257, 512};
  private static final int[] COPIES = {2, 7, 20};
  private static final long SEED = 3;

  private final Map<String, AccuracyRatios> worst = new LinkedHashMap<>();

  @Test
  void worstRatios_ofEveryFamily_areWithinTheLimit() throws IOException {
    for (int n : ORDERS) {
      HostileMatrices.all(n, SEED).forEach(this::add);
    }
    for (int n : ORDERS) {
      HostileTridiagonals.all(n, SEED).forEach(this::add);
    }
    for (int copies : COPIES) {
      HostileTridiagonals.gluedWilkinson(copies).forEach(this::add);
    }
    HostileTridiagonals.mixedGlue(SEED).forEach(this::add);
    StCollection.upTo(512).forEach(this::add);
    Files.writeString(Path.of("target", "accuracy.md"), table());
    worst.forEach((family, ratios) -> assertEquals(List.of(), ratios.excesses(), family));
  }

  private void add(String name, Supplier<DenseMatrix> matrix) {
    add(name, AccuracyRatios.of(matrix.get()));
  }

  private void add(String name, Tridiagonal t) {
    add(name, AccuracyRatios.of(t));
  }

  private void add(String name, Map<String, AccuracyRatios> bySolver) {
    int comma = name.indexOf(',');
    String family = comma < 0 ? name : name.substring(0, comma);
    bySolver.values().forEach(ratios -> worst.merge(family, ratios, AccuracyRatios::worse));
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("| family | R1 | R2 | R3 | R4 | R4, values alone |\n|---|---|---|---|---|---|\n");
    worst.forEach((family, ratios) -> table.append(row(family, ratios)));
    table.append(
        row("worst", worst.values().stream().reduce(AccuracyRatios.NONE, AccuracyRatios::worse)));
    return table.append(String.format(Locale.ROOT, "%nLimit: %.0f.%n", RATIO_LIMIT)).toString();
  }

  private static String row(String family, AccuracyRatios r) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.1f | %.1f | %.1f |%n",
        family,
        r.residual(),
        r.orthogonality(),
        r.difference(),
        r.count(),
        r.countAlone());
  }
}
