package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.NearlyWhite.Cell;
import eigengrad.bench.truth.NearlyWhite.Data;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NearlyWhiteTest {
  private static final int DRAWS = 6;

  private static RouteErrors errors(List<Cell> cells, Route route, Precision precision) {
    return cells.stream()
        .map(Cell::errors)
        .filter(errors -> errors.route() == route && errors.precision() == precision)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void cells_anyData_exactFormulaInFloat32IsRight(Data data) {
    for (int channels : new int[] {4, 16}) {
      List<Cell> cells = NearlyWhite.cells(data, channels, DRAWS);
      assertEquals(2 * Route.values().length - 1, cells.size());
      RouteErrors exact = errors(cells, Route.EXACT, Precision.FLOAT32);
      assertEquals(0, exact.gone());
      assertTrue(exact.largestError() < TieVerdict.RIGHT, () -> data + " " + exact.largestError());
      assertEquals(0, errors(cells, Route.OURS, Precision.FLOAT32).gone());
    }
  }

  @Test
  void cells_deadChannels_publishedFormulasHaveNoGradient() {
    List<Cell> cells = NearlyWhite.cells(Data.DEAD_CHANNELS, 8, DRAWS);
    for (Route route : List.of(Route.PUBLISHED, Route.PUBLISHED_SVD)) {
      assertEquals(DRAWS, errors(cells, route, Precision.FLOAT32).gone());
    }
  }

  /** With all ratios near 1, only the diagonal of VᵀSV is left of the gradient. */
  @Test
  void cells_whiteData_oursLacksAllPairs() {
    List<Cell> cells = NearlyWhite.cells(Data.ISOTROPIC_MANY, 16, DRAWS);
    double error = errors(cells, Route.OURS, Precision.FLOAT64).medianError();
    assertTrue(error > 0.9 && error < 1, () -> "error " + error);
  }

  @Test
  void draw_whitenedTwice_isWhiteUpToEpsilon() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    DenseMatrix m = Data.WHITENED_TWICE.draw(32, random);
    double[] values = SymmetricEigen.values(m);
    assertTrue(values[0] > 1 / (1 + NearlyWhite.EPSILON / 0.01) - 1e-12);
    assertTrue(values[31] < 1 / (1 + NearlyWhite.EPSILON) + 1e-12);
  }

  private static NearlyWhite planted() {
    return new NearlyWhite(
        List.of(
            new Cell(
                Data.DEAD_CHANNELS, 4, Planted.errors(Route.SVD, Precision.FLOAT32, 1e-6, 1e-5)),
            new Cell(
                Data.DEAD_CHANNELS, 8, Planted.errors(Route.SVD, Precision.FLOAT32, 1e-6, 1e-5)),
            new Cell(Data.DEAD_CHANNELS, 4, Planted.errors(Route.PI, Precision.FLOAT32, 0.5, 1e-5)),
            new Cell(
                Data.DEAD_CHANNELS,
                4,
                Planted.errors(Route.PUBLISHED, Precision.FLOAT32, Double.NaN, 20, 1e-3))));
  }

  @Test
  void verdict_plantedCells_saysWhatTheDataSay() {
    assertEquals(
        List.of(
            "Nearly white: two dead channels, float32",
            "  SVD: right in all 4 draws",
            "  PI: wrong in 1, by up to 50 %, of 2 draws",
            "  Published formula: wrong in 1, by up to 20× the truth; no finite gradient in 1, of 3"
                + " draws"),
        planted().verdict());
  }

  @Test
  void sections_plantedCells_haveThem() {
    String html = planted().sections().get(0).render();
    assertTrue(html.contains("d = 8"), html);
    assertTrue(html.contains("20× the truth (1 of 3 gone)"), html);
  }

  @Test
  void writeCsv_plantedCells_areRows() throws IOException {
    StringBuilder out = new StringBuilder();
    planted().writeCsv(out);
    List<String> lines = out.toString().lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.get(0).startsWith("data,d,route,precision,draws,gone"));
    assertTrue(lines.get(4).startsWith("DEAD_CHANNELS,4,Published formula,FLOAT32,3,1,20.0,"));
  }
}
