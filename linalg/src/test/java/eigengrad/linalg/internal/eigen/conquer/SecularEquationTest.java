package eigengrad.linalg.internal.eigen.conquer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecularEquationTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final MathContext EXACT = new MathContext(60);

  @Test
  void root_onePole_isItsClosedForm() {
    SecularEquation equation = new SecularEquation();
    equation.set(1, new double[] {2}, new double[] {0.25}, 4);
    double[] gaps = new double[1];
    assertEquals(3, equation.root(0, gaps, 0));
    assertEquals(-1, gaps[0]);
  }

  @Test
  void root_twoPoles_areTheEigenvaluesOfTheTwoByTwoMatrix() {
    // diag(0, 1) + zzᵀ with z = (3, 4)/5.
    SecularEquation equation = new SecularEquation();
    equation.set(2, new double[] {0, 1}, new double[] {0.36, 0.64}, 1);
    double[] gaps = new double[2];
    double root = Math.sqrt(1 - 0.36);
    assertEquals(1 - root, equation.root(0, gaps, 0), 1e-15);
    assertEquals(1 + root, equation.root(1, gaps, 0), 1e-15);
  }

  @Test
  void root_randomEquations_leavesNoMoreThanRounding() {
    Random random = new Random(3);
    for (int trial = 0; trial < 60; trial++) {
      int n = 2 + random.nextInt(40);
      double[] poles = new double[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        poles[i] = random.nextDouble();
        weights[i] = random.nextDouble() / n;
      }
      java.util.Arrays.sort(poles);
      requireRoots(poles, weights, Math.pow(10, random.nextInt(7) - 3));
    }
  }

  @Test
  void root_hostileWeightsAndClusters_leavesNoMoreThanRounding() {
    double tiny = 1e-28;
    requireRoots(new double[] {0, 0.5, 1}, new double[] {tiny, 1, tiny}, 1);
    requireRoots(new double[] {0, 0.5, 1}, new double[] {1, tiny, tiny}, 1e-3);
    requireRoots(new double[] {0, 1e-14, 1}, new double[] {0.3, 0.3, 0.4}, 1);
    requireRoots(new double[] {1, 1 + 1e-13, 1 + 2e-13, 1 + 3e-13}, new double[] {1, 1, 1, 1}, 1);
    requireRoots(new double[] {-1, 0, 1e-10, 1}, new double[] {tiny, 0.5, 0.5, tiny}, 1e-5);
  }

  /** The root between two poles of a symmetric tear is their middle, to the last bit. */
  @Test
  void root_atTheFirstGuess_isTakenAtOnce() {
    double half = 9.83524367295531e-9;
    SecularEquation equation = new SecularEquation();
    equation.set(
        3, new double[] {-1 - half * half, -half, half}, new double[] {0.5, 0.25, 0.25}, 2);
    assertEquals(0, equation.root(1, new double[3], 0), 1e-24);
    assertTrue(equation.evaluations() <= 2, "evaluations: " + equation.evaluations());
  }

  /** A wrong step still ends at the root, since the bracket guards it, but later. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 4.1, 4.75",
    "1e-4, 0, 1, 3.05, 2.2",
    "1e4, 0, 1, 4.1, 4.05",
    "1, 6, 1, 3.36, 3.2",
    "1, 6, 6, 3.7, 3.25"
  })
  void root_randomEquations_takesFewEvaluations(
      double rho, int spread, int bunching, double mostInside, double mostAbove) {
    Random random = new Random(5);
    SecularEquation equation = new SecularEquation();
    int trials = 300;
    double inside = 0;
    double above = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] poles = random.doubles(4).map(x -> Math.pow(x, bunching)).sorted().toArray();
      double[] weights = new double[4];
      for (int i = 0; i < 4; i++) {
        weights[i] = Math.pow(10, -spread * random.nextDouble()) * random.nextDouble();
      }
      equation.set(4, poles, weights, rho);
      double[] gaps = new double[4];
      int before = equation.evaluations();
      for (int j = 0; j < 3; j++) {
        equation.root(j, gaps, 0);
      }
      inside += equation.evaluations() - before;
      before = equation.evaluations();
      equation.root(3, gaps, 0);
      above += equation.evaluations() - before;
    }
    inside /= 3 * trials;
    above /= trials;
    requireBetween(2, mostInside, inside, "evaluations of a root between poles");
    requireBetween(2, mostAbove, above, "evaluations of the last root");
  }

  /** Weights over thirty decades and poles in three clusters. */
  @Test
  void root_hostileEquations_neverCrawls() {
    Random random = new Random(7);
    SecularEquation equation = new SecularEquation();
    int most = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      int n = 2 + random.nextInt(10);
      double[] poles =
          random
              .doubles(n)
              .map(x -> Math.rint(3 * x) + random.nextGaussian() * power(-12, random))
              .sorted()
              .toArray();
      double[] weights = random.doubles(n).map(x -> Math.pow(10, -30 * x)).toArray();
      equation.set(n, poles, weights, 100 * power(-6, random));
      double[] gaps = new double[n];
      for (int j = 0; j < n; j++) {
        int before = equation.evaluations();
        equation.root(j, gaps, 0);
        most = Math.max(most, equation.evaluations() - before);
      }
    }
    assertTrue(most <= 24, "evaluations of a root: " + most);
  }

  private static double power(int exponent, Random random) {
    return Math.pow(10, exponent * random.nextDouble());
  }

  /** Not one that grows with the number of poles. */
  @ParameterizedTest
  @CsvSource({"2, 1", "30, 1", "700, 1", "700, 12", "700, 30"})
  void root_manyPoles_leavesNoMoreThanRounding(int n, int decades) {
    Random random = new Random(n);
    double[] poles = random.doubles(n).sorted().toArray();
    double[] weights = random.doubles(n).map(x -> Math.pow(10, -decades * x) / n).toArray();
    SecularEquation equation = new SecularEquation();
    equation.set(n, poles, weights, 2);
    double[] gaps = new double[n];
    for (int j = n - 1; j >= 0; j -= 1 + n / 16) {
      equation.root(j, gaps, 0);
      requireRounding(poles, weights, 2, gaps, "root " + j + " of " + n);
    }
  }

  private static void requireBetween(double least, double most, double figure, String name) {
    assertTrue(least <= figure && figure <= most, name + ": " + figure);
  }

  private static void requireRoots(double[] poles, double[] weights, double rho) {
    int n = poles.length;
    SecularEquation equation = new SecularEquation();
    equation.set(n, poles, weights, rho);
    double[] gaps = new double[n];
    for (int j = 0; j < n; j++) {
      double value = equation.root(j, gaps, 0);
      assertTrue(poles[j] <= value && (j == n - 1 || value <= poles[j + 1]), "interlacing");
      requireRounding(poles, weights, rho, gaps, "root " + j + " of " + n);
    }
  }

  /** |f| where the gaps say, in 60 digits, against the rounding of its terms and of the gap. */
  private static void requireRounding(
      double[] poles, double[] weights, double rho, double[] gaps, String root) {
    int nearest = 0;
    double terms = 1 / rho;
    double slope = 0;
    for (int i = 0; i < poles.length; i++) {
      nearest = Math.abs(gaps[i]) < Math.abs(gaps[nearest]) ? i : nearest;
      terms += Math.abs(weights[i] / gaps[i]);
      slope += weights[i] / gaps[i] / gaps[i];
    }
    double rounding = UNIT_ROUNDOFF * (terms + Math.abs(gaps[nearest]) * slope);
    double f = exactly(poles, weights, rho, nearest, gaps[nearest]).doubleValue();
    assertTrue(Math.abs(f) <= 8 * rounding, root + ": " + Math.abs(f) / rounding + " roundings");
  }

  private static BigDecimal exactly(
      double[] poles, double[] weights, double rho, int nearest, double gap) {
    BigDecimal shift = new BigDecimal(poles[nearest]).subtract(new BigDecimal(gap));
    BigDecimal f = BigDecimal.ONE.divide(new BigDecimal(rho), EXACT);
    for (int i = 0; i < poles.length; i++) {
      f = f.add(new BigDecimal(weights[i]).divide(new BigDecimal(poles[i]).subtract(shift), EXACT));
    }
    return f;
  }
}
