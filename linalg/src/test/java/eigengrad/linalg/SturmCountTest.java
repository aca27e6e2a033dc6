package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The measure of the accuracy suite, against closed forms, and against values that are wrong. */
class SturmCountTest {
  private static final int ORDER = 50;

  @ParameterizedTest
  @ValueSource(doubles = {1, 0x1p500, 0x1p-500, 0x1p1021, 0x1p-1022})
  void below_secondDifferences_countsTheirClosedForm(double scale) {
    SturmCount sturm = new SturmCount(Tridiagonal.of(ORDER, i -> 2 * scale, i -> scale));
    double[] values = secondDifferenceValues(scale);
    for (int j = 0; j < ORDER; j++) {
      assertEquals(j, sturm.below(values[j] - 1e-9 * scale), "below value " + j);
      assertEquals(j + 1, sturm.below(values[j] + 1e-9 * scale), "above value " + j);
    }
  }

  @Test
  void below_equalEigenvaluesWithoutCoupling_countsEach() {
    SturmCount sturm = new SturmCount(Tridiagonal.of(ORDER, i -> i < 20 ? 0 : 3, i -> 0));
    assertEquals(0, sturm.below(-1e-300));
    assertEquals(20, sturm.below(1e-300));
    assertEquals(20, sturm.below(3 - 2 * ULP));
    assertEquals(ORDER, sturm.below(3 + 2 * ULP));
  }

  @Test
  void below_zeroPivotsThroughout_countsHalf() {
    SturmCount sturm = new SturmCount(Tridiagonal.of(ORDER, i -> 0, i -> 1));
    assertEquals(ORDER / 2, sturm.below(0));
  }

  @Test
  void ratio_rightValues_isSmall() {
    double[] values = secondDifferenceValues(1);
    double ratio = new SturmCount(Tridiagonal.of(ORDER, i -> 2, i -> 1)).ratio(values);
    assertTrue(ratio <= 4, "ratio " + ratio);
  }

  @Test
  void ratio_oneValueMoved_isItsDistance() {
    SturmCount sturm = new SturmCount(Tridiagonal.of(ORDER, i -> 2, i -> 1));
    for (int moved : new int[] {0, 24, ORDER - 1}) {
      for (double by : new double[] {-64, 64}) {
        double[] values = secondDifferenceValues(1);
        values[moved] += by * ULP * values[ORDER - 1];
        double ratio = sturm.ratio(values);
        assertTrue(ratio >= 60 && ratio <= 1.25 * 68, "moved by " + by + ", ratio " + ratio);
      }
    }
  }

  @Test
  void ratio_clusterCountedOnceTooOften_isTheGap() {
    SturmCount sturm = new SturmCount(Tridiagonal.of(4, i -> i < 2 ? 1 : 2, i -> 0));
    double[] values = {1, 1, 1, 2};
    double ratio = sturm.ratio(values);
    assertTrue(ratio >= 0x1p51 && ratio <= 1.25 * 0x1p51, "ratio " + ratio);
  }

  @Test
  void ratio_zeroMatrix_isZeroOrNot() {
    SturmCount sturm = new SturmCount(Tridiagonal.of(3, i -> 0, i -> 0));
    assertTrue(sturm.ratio(new double[3]) <= 1);
    assertTrue(sturm.ratio(new double[] {0, 0, Double.NaN}) > 1e6);
  }

  private static double[] secondDifferenceValues(double scale) {
    return PrescribedSpectra.values(
        ORDER,
        j -> {
          double half = Math.sin(Math.PI * (j + 1) / (2.0 * (ORDER + 1)));
          return 4 * half * half * scale;
        });
  }
}
