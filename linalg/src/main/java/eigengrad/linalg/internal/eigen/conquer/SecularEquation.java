package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * The roots of the secular equation f(λ) = 1/ρ + Σᵢ zᵢ²/(dᵢ − λ) = 0 with ρ &gt; 0 and d₀ &lt; d₁
 * &lt; …: one root between each pair of neighbouring poles and one above the last. The poles may be
 * given by their roots, d = p²: then so is λ, and dᵢ − dⱼ = (pᵢ − pⱼ)(pᵢ + pⱼ) does not cancel.
 *
 * <p>A root is kept as an offset τ from its nearer pole, so that all gaps dᵢ − λ = (dᵢ − d_K) − τ
 * have high relative accuracy however close λ is to a pole. f is interpolated by two poles, with
 * the weight of the nearer one fixed or both fitted ("the middle way"), above the last pole also by
 * that pole and a line; where one interpolation is slow the other goes next. A bracket guards every
 * step, and halves where both stay slow: no root can fail.
 *
 * <p>Steps converge quadratically, so the one that is taken when |f| is near the rounding error of
 * its evaluation, or that is short, is the last; what it leads to needs no evaluation.
 *
 * <p>Cost: about 4 evaluations per root, each with one division per pole. Source: R.-C. Li,
 * <i>Solving Secular Equations Stably and Efficiently</i>, LAPACK Working Note 89, 1993; LAPACK's
 * {@code dlaed4}.
 */
public final class SecularEquation {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** A step that leaves more of |f| than this is slow: the other interpolation goes next. */
  private static final double SLOW = 0.1;

  /** So many slow steps in a row, and the bracket is halved. */
  private static final int PATIENCE = 4;

  /**
   * A step this short relative to τ, than which no pole is nearer, leaves an error of its square,
   * below rounding.
   */
  private static final double SHORT = 0x1p-28;

  /** Poles in a sum of their own, so that rounding hardly grows with their number. */
  private static final int BLOCK = 64;

  private final double[] sums = new double[2];

  private int count;
  private double[] poles = Buffers.NONE;
  private double[] weights = Buffers.NONE;
  private double inverseRho;

  /** Whether the poles are the squares of what is given. */
  private boolean squared;

  /** Of the root being sought: dᵢ − d_K, in the caller's array. */
  private double[] gaps = Buffers.NONE;

  private int offset;
  private int origin;

  /**
   * The poles below the root are 0 … split − 1, save that the last root counts the last as above.
   */
  private int split;

  /** Which of the two interpolations goes next. */
  private boolean alternative;

  /** Where the last evaluation was, and what it gave. */
  private double f;

  private double below;
  private double belowSlope;
  private double above;
  private double aboveSlope;
  private double roundingBound;

  /** How often f was evaluated so far: what a root costs. */
  private int evaluations;

  /** An equation yet to be set. */
  public SecularEquation() {}

  /**
   * Sets the equation.
   *
   * @param count of poles, ≥ 1
   * @param poles dᵢ, strictly ascending
   * @param weights zᵢ², none zero
   * @param rho ρ &gt; 0
   */
  void set(int count, double[] poles, double[] weights, double rho) {
    set(count, poles, weights);
    this.inverseRho = 1 / rho;
    this.squared = false;
  }

  /**
   * Sets the equation with ρ = 1 and poles that are squares.
   *
   * @param count of poles, ≥ 1
   * @param poles pᵢ ≥ 0, strictly ascending
   * @param weights zᵢ², none zero
   */
  void setSquared(int count, double[] poles, double[] weights) {
    set(count, poles, weights);
    this.inverseRho = 1;
    this.squared = true;
  }

  private void set(int count, double[] poles, double[] weights) {
    this.count = count;
    this.poles = poles;
    this.weights = weights;
  }

  /**
   * Finds a root.
   *
   * @param index which, 0 for the smallest
   * @param gapsOut receives dᵢ − λ
   * @param gapsOffset where they start
   * @return λ, or its square root where the poles are squares
   */
  double root(int index, double[] gapsOut, int gapsOffset) {
    this.gaps = gapsOut;
    this.offset = gapsOffset;
    if (count == 1) {
      double step = weights[0] / inverseRho;
      gaps[offset] = -step;
      return fromPole(poles[0], step);
    }
    alternative = false;
    double tau = index < count - 1 ? innerRoot(index) : lastRoot();
    for (int i = 0; i < count; i++) {
      gaps[offset + i] -= tau;
    }
    return fromPole(poles[origin], tau);
  }

  private double fromPole(double pole, double tau) {
    return squared ? pole + tau / (pole + Math.sqrt(pole * pole + tau)) : pole + tau;
  }

  private double difference(double pole, double other) {
    return squared ? (pole - other) * (pole + other) : pole - other;
  }

  int evaluations() {
    return evaluations;
  }

  private void setOrigin(int pole) {
    origin = pole;
    double at = poles[pole];
    for (int i = 0; i < count; i++) {
      gaps[offset + i] = difference(poles[i], at);
    }
  }

  /** Σ over poles first … last − 1 of zᵢ²/(gapᵢ − τ), and its slope. */
  private void sum(int first, int last, double tau) {
    double sum = 0;
    double slope = 0;
    for (int i = first; i < last; i += BLOCK) {
      int n = Math.min(BLOCK, last - i);
      Kernels.tridiagonal().secularSums(n, weights, i, gaps, offset + i, tau, sums);
      sum += sums[0];
      slope += sums[1];
    }
    sums[0] = sum;
    sums[1] = slope;
  }

  /** f and its parts at τ. */
  private void evaluate(double tau) {
    evaluations++;
    sum(0, split, tau);
    below = sums[0];
    belowSlope = sums[1];
    sum(split, count, tau);
    above = sums[0];
    aboveSlope = sums[1];
    f = inverseRho + below + above;
    double terms = 8 * (Math.abs(below) + Math.abs(above)) + 2 * inverseRho;
    roundingBound = UNIT_ROUNDOFF * (terms + Math.abs(tau) * (belowSlope + aboveSlope));
  }

  private boolean isRounding() {
    return Math.abs(f) <= roundingBound;
  }

  private double innerRoot(int index) {
    split = index + 1;
    double width = difference(poles[split], poles[index]);
    double middle = width / 2;
    setOrigin(index);
    evaluate(middle);
    if (isRounding()) {
      return innerStep(middle);
    }
    double lower = weights[index];
    double upper = weights[split];
    // f at the middle without the two poles beside it.
    double rest = f + (lower - upper) / middle;
    if (f > 0) {
      double guess = smallerRoot(rest, rest * width + lower + upper, lower * width);
      return refined(guess, 0, middle, false);
    }
    setOrigin(split);
    double guess = -smallerRoot(-rest, -rest * width + lower + upper, upper * width);
    return refined(guess, -middle, 0, false);
  }

  private double lastRoot() {
    split = count - 1;
    setOrigin(split);
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    // λ ≤ d_last + ρΣz², with room for the rounding of the sum.
    double high = total / inverseRho * (1 + 4 * count * UNIT_ROUNDOFF);
    double middle = high / 2;
    evaluate(middle);
    double guess = tangentRoot(middle);
    if (isRounding()) {
      return guess;
    }
    return f > 0 ? refined(guess, 0, middle, true) : refined(guess, middle, high, true);
  }

  /** The root between two ends, from a first guess. */
  private double refined(double guess, double lowEnd, double highEnd, boolean last) {
    double low = lowEnd;
    double high = highEnd;
    double tau = isBetween(low, guess, high) ? guess : middle(low, high);
    double previous = Double.POSITIVE_INFINITY;
    int slowSteps = 0;
    while (true) {
      evaluate(tau);
      if (f <= 0) {
        low = tau;
      } else {
        high = tau;
      }
      if (Math.abs(f) > SLOW * previous) {
        slowSteps++;
        alternative = !alternative;
      } else {
        slowSteps = 0;
      }
      previous = Math.abs(f);
      double next = last ? lastStep(tau) : innerStep(tau);
      boolean guarded = isBetween(low, next, high);
      if (isRounding()) {
        return guarded ? next : tau;
      }
      if (guarded && Math.abs(next - tau) <= SHORT * Math.abs(tau)) {
        return next;
      }
      if (!guarded || slowSteps == PATIENCE) {
        slowSteps = 0;
        next = middle(low, high);
        if (!isBetween(low, next, high)) {
          return tau;
        }
      }
      tau = next;
    }
  }

  private static boolean isBetween(double low, double x, double high) {
    return low < x && x < high;
  }

  /** The geometric mean, as magnitudes may differ widely; the arithmetic one from an end at 0. */
  private static double middle(double low, double high) {
    double geometric = Math.sqrt(Math.abs(low)) * Math.sqrt(Math.abs(high));
    return geometric == 0 ? (low + high) / 2 : Math.copySign(geometric, low);
  }

  /** The smaller in magnitude of the roots of cx² − ax + b, written so that nothing cancels. */
  private static double smallerRoot(double c, double a, double b) {
    double root = Math.sqrt(Math.abs(a * a - 4 * b * c));
    return a > 0 ? 2 * b / (a + root) : (a - root) / (2 * c);
  }

  /** Where a step from τ leads, between two poles. */
  private double innerStep(double tau) {
    double left = gaps[offset + split - 1] - tau;
    double right = gaps[offset + split] - tau;
    double slope = belowSlope + aboveSlope;
    double width = right - left;
    double c;
    if (alternative) {
      c = f - left * belowSlope - right * aboveSlope;
    } else if (origin < split) {
      c = f - right * slope + width * (weights[split - 1] / left) / left;
    } else {
      c = f - left * slope - width * (weights[split] / right) / right;
    }
    double a = (left + right) * f - left * right * slope;
    double b = left * right * f;
    return tau + orNewton(c == 0 ? b / a : smallerRoot(c, a, b));
  }

  /** Where a step from τ leads, above the last pole. */
  private double lastStep(double tau) {
    double left = gaps[offset + count - 2] - tau;
    double right = -tau;
    double c = f - left * belowSlope - right * aboveSlope;
    if (alternative || c <= 0) {
      return tangentRoot(tau);
    }
    double a = (left + right) * f - left * right * (belowSlope + aboveSlope);
    double b = left * right * f;
    double root = Math.sqrt(Math.abs(a * a - 4 * b * c));
    return tau + orNewton(a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root));
  }

  /** The step, or Newton's where rounding has turned it away from the root. */
  private double orNewton(double step) {
    return f * step < 0 ? step : -f / (belowSlope + aboveSlope);
  }

  /**
   * The root of the last pole's own term and the others' tangent at τ: never above that of f, since
   * the others are concave there.
   */
  private double tangentRoot(double tau) {
    double weight = weights[count - 1];
    double rest = inverseRho + below - belowSlope * tau;
    double root = Math.sqrt(rest * rest + 4 * belowSlope * weight);
    return rest > 0 ? 2 * weight / (rest + root) : (root - rest) / (2 * belowSlope);
  }
}
