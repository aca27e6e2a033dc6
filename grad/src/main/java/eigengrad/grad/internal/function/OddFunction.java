package eigengrad.grad.internal.function;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of singular values, f(σ) for σ ≥ 0, continued by f(−σ) = −f(σ), with its divided
 * differences f[a, b] and f[a, −b], each written so that nothing cancels. At least one of two
 * arguments is not 0; where the other is, both differences are f(a)/a.
 */
public sealed interface OddFunction {

  /** f(σ), σ ≥ 0. */
  double value(double sigma);

  /** f[a, b] = (f(a) − f(b))/(a − b) for a ≥ b &gt; 0, f′(a) where a = b; fa = f(a), fb = f(b). */
  double between(double a, double b, double fa, double fb);

  /** f[a, −b] = (f(a) + f(b))/(a + b) for a ≥ b &gt; 0. */
  default double opposite(double a, double b, double fa, double fb) {
    return (0.5 * fa + 0.5 * fb) / (0.5 * a + 0.5 * b);
  }

  /** f(a)/a for a &gt; 0. */
  default double overArgument(double a, double fa) {
    return fa / a;
  }

  /** f′(0), which may be infinite. */
  double slopeAtZero();

  /** Whether f(0) is 0, so that singular vectors of 0 do not matter. */
  default boolean isZeroAtZero() {
    return true;
  }

  /** max(σ − τ, 0), τ &gt; 0. */
  record SoftThreshold(double threshold) implements OddFunction {
    @Override
    public double value(double sigma) {
      return Math.max(sigma - threshold, 0);
    }

    @Override
    public double between(double a, double b, double fa, double fb) {
      if (fb > 0) {
        return 1;
      }
      return fa == 0 ? 0 : fa / (a - b);
    }

    @Override
    public double slopeAtZero() {
      return 0;
    }

    @Override
    public String toString() {
      return "the soft threshold " + threshold;
    }
  }

  /**
   * 1 for σ &gt; 0; at 0, 0 as a function of the matrix, and 1 as one of its singular vectors.
   *
   * @param name for messages
   */
  record Sign(String name) implements OddFunction {
    @Override
    public double value(double sigma) {
      return sigma > 0 ? 1 : 0;
    }

    @Override
    public double between(double a, double b, double fa, double fb) {
      return 0;
    }

    @Override
    public double slopeAtZero() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * σ^p. With r = b/a, f[a, −b] = a^(p−1)·(1 + r^p)/(1 + r), so that f itself may underflow.
   *
   * @param exponent p
   * @param power the same of eigenvalues
   */
  record Power(double exponent, ScalarFunction.Power power) implements OddFunction {
    public Power(double exponent) {
      this(exponent, new ScalarFunction.Power(exponent, true));
    }

    @Override
    public double value(double sigma) {
      return Math.pow(sigma, exponent);
    }

    @Override
    public double between(double a, double b, double fa, double fb) {
      return power.dividedDifference(a, b, fa, fb);
    }

    @Override
    public double opposite(double a, double b, double fa, double fb) {
      double ratio = b / a;
      if (exponent >= 0) {
        return overArgument(a, fa) * ((1 + Math.pow(ratio, exponent)) / (1 + ratio));
      }
      return fb / a * ((1 + Math.pow(ratio, -exponent)) / (1 + ratio));
    }

    @Override
    public double overArgument(double a, double fa) {
      return Math.pow(a, exponent - 1);
    }

    @Override
    public double slopeAtZero() {
      if (exponent == 1) {
        return 1;
      }
      return exponent > 1 ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean isZeroAtZero() {
      return exponent > 0;
    }

    @Override
    public String toString() {
      return power.toString();
    }
  }

  /** A user's f, of which nothing is known but f and f′. */
  record Differentiable(ScalarFunction.Differentiable function) implements OddFunction {
    public Differentiable(String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
      this(new ScalarFunction.Differentiable(name, f, derivative));
    }

    @Override
    public double value(double sigma) {
      return function.value(sigma);
    }

    @Override
    public double between(double a, double b, double fa, double fb) {
      return function.dividedDifference(a, b, fa, fb);
    }

    @Override
    public double slopeAtZero() {
      return function.dividedDifference(0, 0, 0, 0);
    }

    @Override
    public boolean isZeroAtZero() {
      return value(0) == 0;
    }

    @Override
    public String toString() {
      return function.toString();
    }
  }
}
