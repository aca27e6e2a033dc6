package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ScalarFunctionTest {
  private static final MathContext DIGITS = new MathContext(120);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Relative errors up to this many units in the last place pass. */
  private static final double FEW_ROUNDINGS = 16 * Math.ulp(1.0);

  /** From a tie over neighbouring doubles to eigenvalues far apart. */
  private static final double[] RELATIVE_GAPS = {
    0, 0x1p-52, 0x1p-50, 1e-13, 1e-10, 1e-8, 1e-5, 1e-3, 0.02, 0.3, 1, 5, 1e3, 1e9
  };

  /** A function beside itself in 120 digits. */
  private record Case(ScalarFunction function, UnaryOperator<BigDecimal> exact) {}

  private static final List<Case> CASES =
      List.of(
          new Case(new ScalarFunction.SquareRoot(), x -> x.sqrt(DIGITS)),
          new Case(new ScalarFunction.InverseSquareRoot(), x -> ONE.divide(x.sqrt(DIGITS), DIGITS)),
          new Case(new ScalarFunction.Logarithm(), ScalarFunctionTest::log),
          new Case(new ScalarFunction.Exponential(), ScalarFunctionTest::exp),
          power(-0.25),
          power(0.5),
          power(-1.5),
          power(3),
          power(0.1));

  private static Case power(double p) {
    return new Case(
        new ScalarFunction.Power(p), x -> exp(log(x).multiply(new BigDecimal(p), DIGITS)));
  }

  private static BigDecimal exp(BigDecimal x) {
    int halvings = 40;
    BigDecimal small = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal sum = ONE;
    BigDecimal term = ONE;
    for (int k = 1; k <= 20; k++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < halvings; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** Halley's method: 16, 48, then 144 digits. */
  private static BigDecimal log(BigDecimal x) {
    BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
    for (int step = 0; step < 3; step++) {
      BigDecimal e = exp(y);
      y = y.add(TWO.multiply(x.subtract(e)).divide(x.add(e), DIGITS), DIGITS);
    }
    return y;
  }

  /** At a tie, the quotient over a gap of 10⁻⁴⁰. */
  private static double exactDifference(Case c, double a, double b) {
    BigDecimal upper = new BigDecimal(a);
    BigDecimal lower = a == b ? upper.multiply(ONE.subtract(ONE.movePointLeft(40))) : big(b);
    BigDecimal rise = c.exact().apply(upper).subtract(c.exact().apply(lower));
    return rise.divide(upper.subtract(lower), DIGITS).doubleValue();
  }

  private static BigDecimal big(double x) {
    return new BigDecimal(x);
  }

  private static double difference(ScalarFunction f, double a, double b) {
    return f.dividedDifference(a, b, f.value(a), f.value(b));
  }

  @Test
  void dividedDifference_everyGap_isRightToAFewRoundings() {
    for (Case c : CASES) {
      for (double b : new double[] {1.0 / 3, 0.007, 1, 20}) {
        for (double gap : RELATIVE_GAPS) {
          double a = b + gap * b;
          if (c.function() instanceof ScalarFunction.Exponential && a > 30) {
            continue;
          }
          double exact = exactDifference(c, a, b);
          double error = Math.abs(difference(c.function(), a, b) / exact - 1);
          assertTrue(
              error <= FEW_ROUNDINGS,
              c.function() + " at " + b + " with relative gap " + gap + " is off by " + error);
        }
      }
    }
  }

  @Test
  void dividedDifference_plainQuotient_wouldFailThatTest() {
    double b = 1.0 / 3;
    double a = b + 1e-10 * b;
    for (Case c : CASES) {
      double quotient = (c.function().value(a) - c.function().value(b)) / (a - b);
      assertTrue(
          Math.abs(quotient / exactDifference(c, a, b) - 1) > 100 * FEW_ROUNDINGS,
          c.function().toString());
    }
  }

  @Test
  void dividedDifference_extremeMagnitudes_neitherOverflowsNorVanishesEarly() {
    ScalarFunction inverseRoot = new ScalarFunction.InverseSquareRoot();
    assertEquals(-0.5e300, difference(inverseRoot, 1e-200, 1e-200), 1e287);
    assertEquals(-0.5e-300, difference(inverseRoot, 1e200, 1e200), 1e-313);
    ScalarFunction log = new ScalarFunction.Logarithm();
    assertEquals(1418.4 / 1e308, difference(log, 1e308, Double.MIN_NORMAL), 1e-3 * 1418.4 / 1e308);
    ScalarFunction exp = new ScalarFunction.Exponential();
    assertEquals(Math.exp(700) / 1500, difference(exp, 700, -800), 1e-13 * Math.exp(700));
    ScalarFunction power = new ScalarFunction.Power(-0.5);
    assertEquals(-1e150 / 1e300, difference(power, 1e300, 1e-300), 1e-160);
  }

  @Test
  void dividedDifference_usersLogarithm_isRightToItsStatedError() {
    ScalarFunction users = new ScalarFunction.Differentiable("log", Math::log, x -> 1 / x);
    Case exact = CASES.get(2);
    for (double b : new double[] {0.2, 3, 700}) {
      for (double gap : RELATIVE_GAPS) {
        double a = b + gap * b;
        double stated = a == b ? 0 : 2 * Math.ulp(1.0) * Math.abs(Math.log(a)) / (a - b);
        double error = Math.abs(difference(users, a, b) - exactDifference(exact, a, b));
        double allowed = Math.min(stated, 1e-12 * (1 + Math.abs(Math.log(a))) / b);
        assertTrue(error <= allowed + FEW_ROUNDINGS / b, "at " + b + ", gap " + gap + ": " + error);
      }
    }
  }

  @Test
  void dividedDifference_usersOscillatingFunction_takesTheQuotientAcrossItsPeriods() {
    ScalarFunction cosine = new ScalarFunction.Differentiable("cos", Math::cos, x -> -Math.sin(x));
    // cos returns to its value; a mean of f′ by a few points would not see the way between.
    for (int periods = 1; periods < 6; periods++) {
      double b = 0.3;
      double a = b + 2 * Math.PI * periods + 1e-3;
      double exact = -2 * Math.sin(0.5 * (a + b)) * Math.sin(0.5 * (a - b)) / (a - b);
      assertEquals(exact, difference(cosine, a, b), 1e-15);
    }
  }

  @Test
  void dividedDifference_usersFunctionAtRoundedZeros_doesNotDivideRoundingByRounding() {
    ScalarFunction f = new ScalarFunction.Differentiable("f", x -> 1 + Math.sin(x), Math::cos);
    assertEquals(1, difference(f, 3e-17, -1e-16), 1e-15);
    assertEquals(1, difference(f, Double.MIN_VALUE, 0), 1e-15);
  }
}
