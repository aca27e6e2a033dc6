package eigengrad.grad;

import java.util.function.DoubleUnaryOperator;

/**
 * A real function with its divided difference, each written so that nothing cancels.
 *
 * <p>The divided difference is f[a, b] = (f(a) − f(b))/(a − b), and f′(a) where a = b. Those of the
 * functions here are accurate to a few rounding errors for every pair in the domain, whatever their
 * gap.
 */
sealed interface ScalarFunction {

  /** f(λ). */
  double value(double lambda);

  /**
   * f[a, b].
   *
   * @param a the larger argument
   * @param b the smaller one, possibly equal
   * @param fa f(a)
   * @param fb f(b)
   */
  double dividedDifference(double a, double b, double fa, double fb);

  /** Whether f is defined for λ > 0 only. */
  default boolean needsPositive() {
    return true;
  }

  /** log(a/b) for a ≥ b > 0, without cancellation where they are close. */
  private static double logRatio(double a, double b) {
    double excess = (a - b) / b;
    return excess <= Double.MAX_VALUE ? Math.log1p(excess) : Math.log(a) - Math.log(b);
  }

  /** √λ: f[a, b] = 1/(√a + √b). */
  record SquareRoot() implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return Math.sqrt(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      return 1 / (fa + fb);
    }

    @Override
    public String toString() {
      return "the square root";
    }
  }

  /** 1/√λ: f[a, b] = −1/(√a √b (√a + √b)). */
  record InverseSquareRoot() implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return 1 / Math.sqrt(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      double product = fa * fb;
      return -product * (product / (fa + fb));
    }

    @Override
    public String toString() {
      return "the inverse square root";
    }
  }

  /** log λ: f[a, b] = log(a/b)/(a − b), by log1p. */
  record Logarithm() implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return Math.log(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      return a == b ? 1 / a : logRatio(a, b) / (a - b);
    }

    @Override
    public String toString() {
      return "the logarithm";
    }
  }

  /** e^λ: f[a, b] = e^a (1 − e^(b − a))/(a − b), by expm1. */
  record Exponential() implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return Math.exp(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      return a == b ? fa : fa * (-Math.expm1(b - a) / (a - b));
    }

    @Override
    public boolean needsPositive() {
      return false;
    }

    @Override
    public String toString() {
      return "the exponential";
    }
  }

  /**
   * λ^p: with t = log(a/b), f[a, b] = b^p (e^(pt) − 1)/(a − b), by log1p and expm1. Where |pt| > 1
   * the two powers are far enough apart to be subtracted.
   *
   * @param exponent p
   */
  record Power(double exponent) implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return Math.pow(lambda, exponent);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      if (a == b) {
        return exponent * (fa / a);
      }
      double growth = exponent * logRatio(a, b);
      double rise = Math.abs(growth) <= 1 ? fb * Math.expm1(growth) : fa - fb;
      return rise / (a - b);
    }

    @Override
    public String toString() {
      return "the power " + exponent;
    }
  }

  /**
   * A user's f, of which nothing is known but f and f′.
   *
   * <p>The difference quotient has an absolute rounding error of about q = 2u'·max |f|/(a − b). The
   * mean of f′ over [b, a], which f[a, b] is, has none of it: Gauss's rule with two points is off
   * by (a − b)⁴f⁽⁵⁾/4320, and differs from Simpson's by 2.5 times that. The mean is taken where
   * this difference is at most q, the quotient elsewhere. So the error is at most about q, and at a
   * tie that of f′. For an f that varies on the scale of λ itself the two meet near a relative gap
   * of 2·10⁻³, with a relative error of 10⁻¹³.
   *
   * @param name for messages
   * @param f f
   * @param derivative f′
   */
  record Differentiable(String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative)
      implements ScalarFunction {
    /** Where Gauss's two points lie, in half lengths from the middle. */
    private static final double GAUSS_POINT = 1 / Math.sqrt(3);

    @Override
    public double value(double lambda) {
      return f.applyAsDouble(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      if (a == b) {
        return derivative.applyAsDouble(a);
      }
      double half = 0.5 * a - 0.5 * b;
      double middle = b + half;
      double quotient = 0.5 * ((fa - fb) / half);
      double largest = Math.max(Math.abs(fa), Math.abs(fb));
      if (Math.abs(fa - fb) >= 0.25 * largest) {
        return quotient;
      }
      double roundingError = Math.ulp(1.0) * largest / half;
      double gauss =
          0.5 * derivative.applyAsDouble(middle - GAUSS_POINT * half)
              + 0.5 * derivative.applyAsDouble(middle + GAUSS_POINT * half);
      double simpson =
          (derivative.applyAsDouble(a)
                  + 4 * derivative.applyAsDouble(middle)
                  + derivative.applyAsDouble(b))
              / 6;
      return Math.abs(gauss - simpson) <= roundingError ? gauss : quotient;
    }

    @Override
    public boolean needsPositive() {
      return false;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
