package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GradientErrorTest {
  private static final DenseMatrix TRUTH = DenseMatrix.diagonal(3, 4);

  @Test
  void of_gradientOfThreeTimesTheTruth_isTwiceTheTruthOff() {
    GradientError error = GradientError.of(() -> TRUTH.times(3), TRUTH);
    assertEquals(2, error.relative(), 1e-15);
    assertEquals(3, error.size(), 1e-15);
  }

  @Test
  void of_gradientThatIsRefusedOrNotFinite_isGone() {
    assertTrue(
        GradientError.of(
                () -> {
                  throw new NonFiniteException("tie");
                },
                TRUTH)
            .gone());
    assertTrue(GradientError.of(() -> DenseMatrix.diagonal(Double.NaN, 1), TRUTH).gone());
    assertTrue(
        GradientError.of(() -> DenseMatrix.diagonal(Double.POSITIVE_INFINITY, 1), TRUTH).gone());
  }

  @Test
  void of_otherException_isNotHidden() {
    assertThrows(
        IllegalStateException.class,
        () ->
            GradientError.of(
                () -> {
                  throw new IllegalStateException();
                },
                TRUTH));
  }

  @Test
  void routeErrors_someGone_countAsInfinite() {
    RouteErrors errors = Planted.errors(Route.SVD, Precision.FLOAT32, 0.5, Double.NaN, 0.1);
    assertEquals(1, errors.gone());
    assertEquals(0.5, errors.medianError());
    assertEquals(0.5, errors.largestError());
    assertEquals(2, errors.beyond(0.2));
    RouteErrors most = Planted.errors(Route.SVD, Precision.FLOAT32, 0.5, Double.NaN, Double.NaN);
    assertEquals(Double.POSITIVE_INFINITY, most.medianError());
    assertEquals(Double.POSITIVE_INFINITY, most.medianSize());
    assertThrows(
        IllegalArgumentException.class,
        () -> new RouteErrors(Route.SVD, Precision.FLOAT32, List.of()));
  }

  @Test
  void errorTable_oneRoute_isARowWithItsKeys() throws IOException {
    StringBuilder out = new StringBuilder();
    new ErrorTable(out, "gap")
        .add(Planted.errors(Route.SVD, Precision.FLOAT32, 2, Double.NaN, 0.25), 0.5);
    assertEquals(
        List.of(
            "gap,route,precision,draws,gone,median_error,largest_error,"
                + "wrong_by_more_than_the_truth,median_size",
            "0.5,SVD,FLOAT32,3,1,2.0,2.0,2,3.0"),
        out.toString().lines().toList());
  }
}
