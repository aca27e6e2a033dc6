package eigengrad.grad.internal.function;

import java.util.function.DoubleUnaryOperator;

/**
 * A real function with its divided difference, each written so that nothing cancels.
 *
 * <p>The divided difference is f[a, b] = (f(a) − f(b))/(a − b), and f′(a) where a = b. Those of the
 * functions here are accurate to a few rounding errors for every pair in the domain, whatever their
 * gap and magnitude, also where f itself underflows.
 */
public sealed interface ScalarFunction {

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

  /** Whether f is defined at λ. */
  default boolean isDefinedAt(double lambda) {
    return lambda > 0;
  }

  /** Where f is defined, for messages. */
  default String domain() {
    return "positive eigenvalues";
  }

  /** xᵏ·y/z for z ≠ 0, right also where a part of it over- or underflows. */
  private static double quotient(double x, int k, double y, double z) {
    double product = x * y;
    if (k == 1 && isNormal(product)) {
      return product / z;
    }
    int exponent = Math.getExponent(y) - Math.getExponent(z);
    double significand = significand(y) / significand(z);
    for (int i = 0; i < k; i++) {
      exponent += Math.getExponent(x);
      significand *= significand(x);
    }
    return Math.scalb(significand, exponent);
  }

  private static boolean isNormal(double x) {
    return Math.abs(x) >= Double.MIN_NORMAL && Math.abs(x) <= Double.MAX_VALUE;
  }

  /** x without its exponent: magnitude from 1 to 2, less for subnormal x. */
  private static double significand(double x) {
    return Math.scalb(x, -Math.getExponent(x));
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
      return a == b ? fa : quotient(fa, 1, -Math.expm1(b - a), a - b);
    }

    @Override
    public boolean isDefinedAt(double lambda) {
      return true;
    }

    @Override
    public String toString() {
      return "the exponential";
    }
  }

  /**
   * λ^p, of negative λ too where p is an integer.
   *
   * <p>With x the argument of larger |x|^p and y the other, f[a, b] is the difference quotient
   * where nothing cancels in it, and elsewhere
   *
   * <pre>f[a, b] = x^p (1 − (y/x)^p)/(x − y),   |y/x|^p = e^(−t),   t = |p log|x/y||,</pre>
   *
   * by log1p and expm1. Where x^p underflows, its fourth root does not.
   *
   * @param exponent p
   * @param positiveOnly whether λ must be positive even if p is an integer
   */
  record Power(double exponent, boolean positiveOnly) implements ScalarFunction {
    public Power(double exponent) {
      this(exponent, exponent != Math.rint(exponent));
    }

    @Override
    public double value(double lambda) {
      return Math.pow(lambda, exponent);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      if (a == b) {
        return derivative(a, fa);
      }
      // Halves of large numbers, whose difference cannot overflow.
      double unit = a > 1 || b < -1 ? 0.5 : 1;
      double run = unit * a - unit * b;
      double rise = 0.5 * fa - 0.5 * fb;
      boolean aLeads = exponent >= 0 ? Math.abs(a) > Math.abs(b) : Math.abs(a) < Math.abs(b);
      double fx = aLeads ? fa : fb;
      if (isNormal(fx) && Math.abs(rise) >= 0.25 * Math.abs(fx)) {
        return 2 * unit * (rise / run);
      }
      double x = aLeads ? a : b;
      return unit * scaled(fx, x, aLeads ? relativeRise(a, b) : -relativeRise(a, b), run);
    }

    /** 1 − (y/x)^p. */
    private double relativeRise(double a, double b) {
      if (exponent == 0) {
        return 0;
      }
      double decay = Math.abs(exponent) * logRatioOfMagnitudes(a, b);
      return a > 0 && b < 0 && isOdd() ? 1 + Math.exp(-decay) : -Math.expm1(-decay);
    }

    /** |log|a/b||, for a ≥ b. */
    private static double logRatioOfMagnitudes(double a, double b) {
      return Math.abs(a) > Math.abs(b)
          ? logRatio(Math.abs(a), Math.abs(b))
          : logRatio(Math.abs(b), Math.abs(a));
    }

    private double derivative(double a, double fa) {
      if (a == 0) {
        return exponent > 0 && exponent < 1 ? Double.POSITIVE_INFINITY : exponent == 1 ? 1 : 0;
      }
      return scaled(fa, a, exponent, a);
    }

    /** x^p·rise/run. */
    private double scaled(double fx, double x, double rise, double run) {
      if (Math.abs(fx) >= Double.MIN_NORMAL) {
        return quotient(fx, 1, rise, run);
      }
      double magnitude = quotient(Math.pow(Math.abs(x), 0.25 * exponent), 4, rise, run);
      return x < 0 && isOdd() ? -magnitude : magnitude;
    }

    private boolean isOdd() {
      return Math.abs(exponent % 2) == 1;
    }

    @Override
    public boolean isDefinedAt(double lambda) {
      return positiveOnly ? lambda > 0 : exponent >= 0 || lambda != 0;
    }

    @Override
    public String domain() {
      return positiveOnly ? ScalarFunction.super.domain() : "eigenvalues other than 0";
    }

    @Override
    public String toString() {
      return "the power " + exponent;
    }
  }

  /**
   * f for λ &gt; 0, with a value and a slope at 0.
   *
   * @param function f
   * @param atZero what stands for f(0)
   * @param slopeAtZero what stands for f[0, 0]; not finite where there is no derivative
   */
  record OnSemidefinite(ScalarFunction function, double atZero, double slopeAtZero)
      implements ScalarFunction {
    @Override
    public double value(double lambda) {
      return lambda == 0 ? atZero : function.value(lambda);
    }

    @Override
    public double dividedDifference(double a, double b, double fa, double fb) {
      if (b > 0) {
        return function.dividedDifference(a, b, fa, fb);
      }
      return a == 0 ? slopeAtZero : (fa - fb) / a;
    }

    @Override
    public boolean isDefinedAt(double lambda) {
      return lambda == 0 ? Double.isFinite(atZero) : function.isDefinedAt(lambda);
    }

    @Override
    public String domain() {
      return function.domain();
    }

    @Override
    public String toString() {
      return function.toString();
    }
  }

  /**
   * A user's f, of which nothing is known but f and f′.
   *
   * <p>The difference quotient has an absolute rounding error of about q = 2u'·max |f|/(a − b),
   * more where f underflows. The mean of f′ over [b, a], which f[a, b] is, has none of it: Gauss's
   * rule with two points is off by (a − b)⁴f⁽⁵⁾/4320, and differs from Simpson's by 2.5 times that.
   * The mean is taken where this difference is at most q, the quotient elsewhere. So the error is
   * at most about q, and at a tie that of f′. For an f that varies on the scale of λ itself the two
   * meet near a relative gap of 2·10⁻³, with a relative error of 10⁻¹³.
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
      double quotient = (0.5 * fa - 0.5 * fb) / half;
      double largest = Math.max(Math.abs(fa), Math.abs(fb));
      if (largest >= Double.MIN_NORMAL && Math.abs(0.5 * fa - 0.5 * fb) >= 0.125 * largest) {
        return quotient;
      }
      double roundingError = Math.max(Math.ulp(1.0) * largest, Double.MIN_VALUE) / half;
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
    public boolean isDefinedAt(double lambda) {
      return true;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
