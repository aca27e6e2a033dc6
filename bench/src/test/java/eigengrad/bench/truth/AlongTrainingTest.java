package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.truth.AlongTraining.Point;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class AlongTrainingTest {
  private static final double EPSILON = 1e-4;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(13);

  private DenseMatrix[] covariances() {
    return new DenseMatrix[] {
      Covariances.withSpectrum(new double[] {1, 0.5, 0.25, 0.125}, random),
      Covariances.withSpectrum(new double[] {1, 0.5, 0.25, 0.125}, random)
    };
  }

  private DenseMatrix[] cotangents() {
    return new DenseMatrix[] {Covariances.gaussian(4, random), Covariances.gaussian(4, random)};
  }

  @Test
  void recorder_chosenSteps_areRecordedAndNothingElseChanges() {
    GradientRecorder recorder = new GradientRecorder(4, EPSILON, Set.of(0, 2));
    InverseSquareRoot observed = recorder.around(InverseSquareRoot.exact());
    for (int step = 0; step < 4; step++) {
      DenseMatrix[] covariances = covariances();
      DenseMatrix[] cotangents = cotangents();
      InverseSquareRoot.Pass pass = observed.forward(covariances, EPSILON);
      InverseSquareRoot.Pass plain = InverseSquareRoot.exact().forward(covariances, EPSILON);
      assertArrayEquals(plain.matrices(), pass.matrices());
      assertArrayEquals(plain.backward(cotangents), pass.backward(cotangents));
    }
    AlongTraining found = AlongTraining.of(List.of(recorder));
    assertEquals(List.of(4), found.groupSizes());
    List<Point> curve = found.curve(4, Route.OURS, Precision.FLOAT64);
    assertEquals(List.of(0, 2), curve.stream().map(Point::step).toList());
    for (Point point : curve) {
      assertEquals(2, point.errors().draws().size());
      double error = point.errors().medianError();
      assertTrue(error < Math.pow(0.5, 19) && error > 1e-9, () -> "error " + error);
    }
    assertTrue(found.curve(4, Route.EXACT, Precision.FLOAT64).isEmpty());
    assertTrue(
        found.curve(4, Route.EXACT, Precision.FLOAT32).get(0).errors().largestError() < 1e-5);
  }

  @Test
  void recorder_lossThatDoesNotDependOnTheRoot_isLeftOut() {
    GradientRecorder recorder = new GradientRecorder(4, EPSILON, Set.of(0));
    DenseMatrix zero = DenseMatrix.wrap(4, 4, new double[16]);
    recorder
        .around(InverseSquareRoot.exact())
        .forward(covariances(), EPSILON)
        .backward(new DenseMatrix[] {zero, zero});
    assertTrue(recorder.points().isEmpty());
  }

  private static AlongTraining planted() {
    return new AlongTraining(
        List.of(
            new Point(8, 0, Planted.errors(Route.OURS, Precision.FLOAT64, 1e-6, 1e-5, 1e-4)),
            new Point(8, 9, Planted.errors(Route.OURS, Precision.FLOAT64, 1e-6, 1e-3, 1e-2)),
            new Point(8, 0, Planted.errors(Route.SVD, Precision.FLOAT64, 1e-6, Double.NaN, 0.5)),
            new Point(8, 9, Planted.errors(Route.SVD, Precision.FLOAT64, 1e-6, 1e-5, 1e-4)),
            new Point(8, 0, Planted.errors(Route.PI, Precision.FLOAT64, Double.NaN))));
  }

  @Test
  void verdict_plantedPoints_saysWhatTheDataSay() {
    assertEquals(
        List.of(
            "Along training: d = 8, double",
            "  Ours: right at every step, error at most 1e-03",
            "  SVD: wrong by up to 50 %, at step 0; 1 of 6 gradients not finite",
            "  PI: no finite gradient at step 0; 1 of 1 gradients not finite"),
        planted().verdict());
  }

  @Test
  void sections_plantedPoints_haveAPicturePerPrecision() {
    String html = planted().sections().get(0).render();
    assertEquals(2, html.split("<svg", -1).length - 1);
    assertTrue(html.contains("d = 8, double"));
  }

  @Test
  void writeCsv_plantedPoints_areRows() throws IOException {
    StringBuilder out = new StringBuilder();
    planted().writeCsv(out);
    List<String> lines = out.toString().lines().toList();
    assertEquals(6, lines.size());
    assertTrue(lines.get(2).startsWith("8,9,Ours,FLOAT64,3,0,0.001,0.01,0,"), lines.get(2));
  }
}
