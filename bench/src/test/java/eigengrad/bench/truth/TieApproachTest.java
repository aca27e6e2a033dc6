package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.TieApproach.Point;
import eigengrad.bench.truth.TieApproach.Scene;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TieApproachTest {
  private static final TieApproach APPROACH = TieApproach.compute();
  private static final int GAPS = 62;
  private static final int K = 19;

  private static Point at(Scene scene, Route route, Precision precision, double gap) {
    return APPROACH.curve(scene, route, precision).stream()
        .filter(point -> point.gap() == gap)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void compute_exactRoute_isRightAtEveryGap(Scene scene) {
    List<Point> curve = APPROACH.curve(scene, Route.EXACT, Precision.FLOAT64);
    assertEquals(GAPS, curve.size());
    for (Point point : curve) {
      assertEquals(0, point.errors().gone());
      assertTrue(point.errors().largestError() <= 1e-12, () -> "gap " + point.gap());
    }
    for (Point point : APPROACH.curve(scene, Route.EXACT, Precision.FLOAT32)) {
      assertEquals(0, point.errors().gone());
      assertTrue(point.errors().largestError() <= 1e-3, () -> "gap " + point.gap());
    }
  }

  /**
   * A pair of ratio q contributes 1 − q^K of its true share, and nothing else is missing. At a tie
   * the pair is whichever basis the solver has chosen, and so is what Ours lacks.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.25, 0x1p-6, 0x1p-20, 0x1p-60, 0})
  void oursForWhitening_anyGap_lacksQToTheKOfEachPair(double gap) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
    TiedMatrix tied = TiedMatrix.draw(TiedMatrix.ORDER - 2, gap, random);
    DenseMatrix s = Covariances.gaussian(TiedMatrix.ORDER, random);
    Spectrum spectrum = Spectrum.of(SymmetricEigen.decompose(tied.matrix()), Precision.FLOAT64);
    DenseMatrix core = spectrum.vectors().transpose().times(s).times(spectrum.vectors());
    double missing = 0;
    double all = 0;
    for (int i = 0; i < TiedMatrix.ORDER; i++) {
      for (int j = 0; j < TiedMatrix.ORDER; j++) {
        double share =
            core.get(i, j) * InverseRoot.WHOLE.dividedDifference(spectrum.values(), i, j);
        double q =
            i == j ? 0 : spectrum.values()[Math.max(i, j)] / spectrum.values()[Math.min(i, j)];
        missing += Math.pow(Math.pow(q, K) * share, 2);
        all += share * share;
      }
    }
    GradientError error =
        GradientError.of(
            () -> Route.OURS.gradient(InverseRoot.WHOLE, tied.matrix(), s, Precision.FLOAT64, 1),
            tied.spectrum().gradient(InverseRoot.WHOLE, s, Precision.FLOAT64));
    double expected = Math.sqrt(missing / all);
    assertEquals(expected, error.relative(), 1e-6 * expected);
  }

  @Test
  void publishedFormulas_tieInFloat32_haveNoGradientWhateverTheLossDependsOn() {
    for (Scene scene : Scene.values()) {
      for (Route route : List.of(Route.PUBLISHED, Route.PUBLISHED_SVD)) {
        RouteErrors errors = at(scene, route, Precision.FLOAT32, 0).errors();
        assertEquals(errors.draws().size(), errors.gone(), () -> scene + " " + route);
        assertEquals(0, at(scene, route, Precision.FLOAT32, 1).errors().gone());
      }
    }
  }

  @Test
  void svd_tie_isGoneForWhiteningButNotWhereNothingDependsOnThePair() {
    RouteErrors whitening = at(Scene.WHITENING, Route.SVD, Precision.FLOAT32, 0).errors();
    assertEquals(whitening.draws().size(), whitening.gone());
    assertTrue(at(Scene.DROPPED, Route.SVD, Precision.FLOAT32, 0).errors().largestError() < 1e-4);
    assertTrue(
        at(Scene.WHITENING, Route.SVD, Precision.FLOAT64, 0x1p-10).errors().medianError() < 1e-9);
    assertTrue(
        at(Scene.WHITENING, Route.SVD, Precision.FLOAT64, 0x1p-50).errors().medianError() > 1e-3);
  }

  @Test
  void ours_tieWithinTheKeptOrTheDropped_isNearlyRight() {
    for (Scene scene : List.of(Scene.KEPT, Scene.DROPPED)) {
      assertTrue(at(scene, Route.OURS, Precision.FLOAT64, 0).errors().largestError() < 1e-4);
    }
  }

  @Test
  void writeCsv_everyPoint_isARow() throws IOException {
    StringBuilder out = new StringBuilder();
    APPROACH.writeCsv(out);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> rows = CSVParser.parse(out.toString(), format).getRecords();
    assertEquals(APPROACH.points().size(), rows.size());
    Point first = APPROACH.points().get(0);
    assertEquals(first.gap(), Double.parseDouble(rows.get(0).get("gap")));
    assertEquals(first.errors().medianError(), Double.parseDouble(rows.get(0).get("median_error")));
  }

  private static TieApproach planted(double... errors) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      double gap = i == errors.length - 1 ? 0 : Math.pow(10, -i);
      points.add(
          new Point(Scene.WHITENING, gap, Planted.errors(Route.SVD, Precision.FLOAT32, errors[i])));
    }
    return new TieApproach(points);
  }

  private static String verdict(double... errors) {
    List<String> lines = planted(errors).verdict();
    assertEquals("Two eigenvalues meet: ZCA whitening, M^(−1/2), float32", lines.get(0));
    assertEquals(2, lines.size());
    return lines.get(1).strip();
  }

  @Test
  void verdict_plantedCurves_saysWhatTheDataSay() {
    assertEquals("SVD: right at every gap, error at most 4e-03", verdict(1e-6, 4e-3, 1e-5));
    assertEquals(
        "SVD: right down to gap 0.10; wrong below by up to 50 %", verdict(1e-6, 1e-3, 0.5, 0.2));
    assertEquals(
        "SVD: right down to gap 0.10; wrong below by up to 30 %;"
            + " no finite gradient from gap 1e-03 on",
        verdict(1e-6, 1e-3, 0.3, Double.NaN, Double.NaN));
    assertEquals(
        "SVD: not right even at the largest gap; wrong below by up to 80 %;"
            + " no finite gradient at 1 of the gaps from 0.10 on; right again at gap 0",
        verdict(0.8, Double.NaN, 0.001));
    assertEquals(
        "SVD: not right even at the largest gap; no finite gradient from gap 1.0 on",
        verdict(Double.NaN, Double.NaN));
  }

  @Test
  void sections_realData_havePicturesAndWordsOnProjectors() {
    StringBuilder html = new StringBuilder();
    APPROACH.sections().forEach(section -> html.append(section.render()));
    assertEquals(8, html.toString().split("<svg", -1).length - 1);
    assertTrue(html.toString().contains("Published formula"));
    String words = TieVerdict.of(APPROACH, Scene.KEPT).get(1).split(": ", 2)[1];
    assertTrue(html.toString().contains(words), words);
  }

  @Test
  void figure_bothPrecisions_haveACurvePerRouteThatCanBeSeen() {
    for (Precision precision : Precision.values()) {
      String svg = TieFigure.of(APPROACH, precision).svg();
      assertEquals(Route.values().length - 1, svg.split("<polyline", -1).length - 1);
      assertFalse(svg.contains("points=\"\""));
      assertFalse(svg.contains("NaN"));
    }
  }
}
