package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermCountTest {

  @ParameterizedTest
  @CsvSource({
    "0.5, 5",
    "0.6, 6",
    "0.7, 9",
    "0.8, 14",
    "0.85, 19",
    "0.9, 29",
    "0.95, 59",
    "0.99, 299"
  })
  void forRelativeError_fivePercent_isThePapersTable(double ratio, int terms) {
    assertEquals(terms, TermCount.forRelativeError(0.05, ratio));
  }

  @Test
  void forRelativeError_anyError_isTheSmallestThatDoes() {
    for (double error : new double[] {0.9, 0.25, 0.125, 1e-3, 1e-16}) {
      for (double ratio : new double[] {0, 1e-300, 0.25, 0.5, 0.7, 0.99, 1 - 1e-6}) {
        int terms = TermCount.forRelativeError(error, ratio);
        assertTrue(TermCount.relativeError(terms, ratio) <= error);
        assertTrue(terms == 1 || TermCount.relativeError(terms - 1, ratio) > error);
      }
    }
  }

  @Test
  void relativeError_isThatOfTheRule() {
    double exact = InverseGap.analytic().between(2, 1.7, 2);
    double approximate = InverseGap.powerIteration(20).between(2, 1.7, 2);
    assertEquals(TermCount.relativeError(20, 0.85), 1 - approximate / exact, 1e-14);
  }

  @Test
  void bound_isThatOfTheRule() {
    assertEquals(InverseGap.powerIteration(19).bound(0.25, 1), TermCount.bound(19, -0.25));
    assertEquals(Double.POSITIVE_INFINITY, TermCount.bound(19, 0));
  }

  @Test
  void badArguments_areRefusedByName() {
    for (double bad : new double[] {0, 1, -0.5, Double.NaN}) {
      assertRefused("error must be in (0, 1)", () -> TermCount.forRelativeError(bad, 0.5));
    }
    for (double bad : new double[] {1, -0.5, 2, Double.NaN}) {
      assertRefused("ratio must be in [0, 1)", () -> TermCount.forRelativeError(0.05, bad));
      assertRefused("ratio must be in [0, 1)", () -> TermCount.relativeError(3, bad));
    }
    assertRefused("needs", () -> TermCount.forRelativeError(1e-10, 1 - 1e-15));
    assertRefused("terms K must be ≥ 1, got 0", () -> TermCount.relativeError(0, 0.5));
    assertRefused("terms K must be ≥ 1, got 0", () -> TermCount.bound(0, 1));
    assertRefused("value must be finite", () -> TermCount.bound(1, Double.NaN));
  }
}
