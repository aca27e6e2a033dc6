package eigengrad.grad.internal.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
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
        new ScalarFunction.Power(p),
        x -> {
          BigDecimal magnitude = exp(log(x.abs()).multiply(new BigDecimal(p), DIGITS));
          return x.signum() < 0 && Math.abs(p % 2) == 1 ? magnitude.negate() : magnitude;
        });
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
    return exact(c, a, b).doubleValue();
  }

  private static BigDecimal exact(Case c, double a, double b) {
    BigDecimal upper = new BigDecimal(a);
    BigDecimal lower = a == b ? upper.multiply(ONE.subtract(ONE.movePointLeft(40))) : big(b);
    BigDecimal rise = c.exact().apply(upper).subtract(c.exact().apply(lower));
    return rise.divide(upper.subtract(lower), DIGITS);
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

  /** Of any magnitude for which 120 digits are enough. */
  private static double argument(RandomGenerator random, Case c) {
    if (c.function() instanceof ScalarFunction.Exponential) {
      return Math.scalb(random.nextDouble(-740, 700), -random.nextInt(80));
    }
    double magnitude = Math.scalb(1 + random.nextDouble(), random.nextInt(-1074, 1024));
    return c.function().isDefinedAt(-1) && random.nextBoolean() ? -magnitude : magnitude;
  }

  /** Equal, next to each other, close, or anywhere. */
  private static double companion(RandomGenerator random, Case c, double a) {
    return switch (random.nextInt(5)) {
      case 0 -> a;
      case 1 -> Math.nextUp(a);
      case 2 -> a * (1 + Math.scalb(random.nextDouble(), -random.nextInt(55)));
      case 3 -> a * (1 + 3 * random.nextDouble());
      default -> argument(random, c);
    };
  }

  /** In units in the last place, or of the smallest double where the exact one is subnormal. */
  private static double error(double actual, BigDecimal exact) {
    double rounded = Math.abs(exact.doubleValue());
    if (rounded > 0.999999 * Double.MAX_VALUE) {
      return Math.abs(actual) > 0.999998 * Double.MAX_VALUE ? 0 : Double.POSITIVE_INFINITY;
    } else if (!Double.isFinite(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    double unit = Math.max(Math.ulp(1.0) * rounded, Double.MIN_VALUE);
    return exact.subtract(big(actual)).abs().divide(big(unit), DIGITS).doubleValue();
  }

  @Test
  void dividedDifference_wholeRangeOfDoubles_isRightToAFewRoundings() {
    RandomGenerator random = Samples.random(1);
    List<Case> cases = new ArrayList<>(CASES);
    for (double p : new double[] {2, 1.5, 1.91, -1, -2, 7, 1 / 3.0, 1e-10, 1, 0}) {
      cases.add(power(p));
    }
    for (int sample = 0; sample < 3000; sample++) {
      Case c = cases.get(random.nextInt(cases.size()));
      double one = argument(random, c);
      double other = companion(random, c, one);
      double a = Math.max(one, other);
      double b = Math.min(one, other);
      double fa = c.function().value(a);
      double fb = c.function().value(b);
      if (Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(fa) && Double.isFinite(fb)) {
        double error = error(c.function().dividedDifference(a, b, fa, fb), exact(c, a, b));
        assertTrue(error <= 8, c.function() + " at " + a + ", " + b + " is off by " + error);
      }
    }
  }

  @Test
  void dividedDifference_underflowingPowers_areThoseOnPaper() {
    ScalarFunction square = new ScalarFunction.Power(2);
    assertEquals(2e-170, difference(square, 1e-170, 1e-170), 1e-185);
    assertEquals(2e-161, difference(square, 1e-161, 1e-161), 1e-176);
    assertEquals(1.5e-170, difference(square, 1e-170, 0.5e-170), 1e-185);
    assertEquals(1e-170, difference(square, 2e-170, -1e-170), 1e-185);
    assertEquals(1.5e-110, difference(new ScalarFunction.Power(1.5), 1e-220, 1e-220), 1e-125);
    ScalarFunction users = new ScalarFunction.Differentiable("square", x -> x * x, x -> 2 * x);
    assertEquals(1.5e-170, difference(users, 1e-170, 0.5e-170), 1e-185);
    assertEquals(1.5e-161, difference(users, 1e-161, 0.5e-161), 1e-176);
  }

  @Test
  void dividedDifference_integerPowersOfBothSigns_areThoseOnPaper() {
    ScalarFunction square = new ScalarFunction.Power(2);
    assertEquals(1, difference(square, 3, -2));
    assertEquals(0, difference(square, 2, -2), 0.0);
    assertEquals(-4, difference(square, -2, -2));
    assertEquals(0, difference(square, 0, 0));
    ScalarFunction cube = new ScalarFunction.Power(3);
    assertEquals(7, difference(cube, 3, -2), 1e-14);
    assertEquals(4, difference(cube, 2, 0));
    assertEquals(1, difference(new ScalarFunction.Power(1), 1e308, -1e308));
    assertEquals(1, difference(new ScalarFunction.Power(1), 0, 0));
    assertEquals(0.5, difference(new ScalarFunction.Power(-1), 2, -1));
    assertEquals(-0.25, difference(new ScalarFunction.Power(-1), -2, -2));
    assertEquals(0, difference(new ScalarFunction.Power(0), 3, 0));
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
