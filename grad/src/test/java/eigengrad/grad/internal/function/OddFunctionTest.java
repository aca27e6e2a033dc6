package eigengrad.grad.internal.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OddFunctionTest {
  private static final MathContext DIGITS = new MathContext(120);
  private static final double FEW_ROUNDINGS = 16 * Math.ulp(1.0);
  private static final double[] RELATIVE_GAPS = {
    0x1p-52, 1e-13, 1e-10, 1e-8, 1e-5, 1e-3, 0.02, 0.3, 1, 5, 1e3, 1e9
  };

  /** A function beside itself in 120 digits. */
  private record Case(OddFunction function, UnaryOperator<BigDecimal> exact) {}

  private static final List<Case> CASES =
      List.of(
          new Case(new OddFunction.Power(0.5), x -> x.sqrt(DIGITS)),
          new Case(new OddFunction.Power(3), x -> x.pow(3)),
          new Case(new OddFunction.Power(-1), x -> BigDecimal.ONE.divide(x, DIGITS)),
          new Case(new OddFunction.Power(-0.5), x -> BigDecimal.ONE.divide(x.sqrt(DIGITS), DIGITS)),
          new Case(new OddFunction.Power(0), x -> BigDecimal.ONE),
          new Case(new OddFunction.Sign("the sign"), x -> BigDecimal.ONE),
          new Case(
              new OddFunction.SoftThreshold(0.75),
              x -> x.subtract(new BigDecimal("0.75")).max(BigDecimal.ZERO)));

  @Test
  void differences_argumentsOfAnyDistance_agreeWithArithmeticOf120Digits() {
    for (Case c : CASES) {
      for (double b : new double[] {1e-40, 0.3, 0.75, 1, 1e30}) {
        for (double gap : RELATIVE_GAPS) {
          double a = b + gap * b;
          double fa = c.function.value(a);
          double fb = c.function.value(b);
          BigDecimal x = new BigDecimal(a);
          BigDecimal y = new BigDecimal(b);
          BigDecimal fx = c.exact.apply(x);
          BigDecimal fy = c.exact.apply(y);
          String text = c.function + " of " + a + " and " + b;
          double between = fx.subtract(fy).divide(x.subtract(y), DIGITS).doubleValue();
          double actual = c.function.between(a, b, fa, fb);
          assertEquals(between, actual, FEW_ROUNDINGS * Math.abs(between), text);
          double opposite = fx.add(fy).divide(x.add(y), DIGITS).doubleValue();
          actual = c.function.opposite(a, b, fa, fb);
          assertEquals(opposite, actual, FEW_ROUNDINGS * opposite, text);
          double ratio = fx.divide(x, DIGITS).doubleValue();
          assertEquals(ratio, c.function.overArgument(a, fa), FEW_ROUNDINGS * ratio, text);
        }
      }
    }
  }

  @Test
  void differences_underflowingPowers_areThere() {
    OddFunction cube = new OddFunction.Power(3);
    assertEquals(0, cube.value(1e-150));
    assertEquals(1e-300, cube.opposite(1e-150, 1e-150, 0, 0), 1e-314);
    assertEquals(3e-300, cube.between(1e-150, 1e-150, 0, 0), 1e-314);
    assertEquals(1e-300, cube.overArgument(1e-150, 0), 1e-314);
  }
}
