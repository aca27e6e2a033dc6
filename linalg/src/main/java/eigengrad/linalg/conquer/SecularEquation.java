package eigengrad.linalg.conquer;

import eigengrad.simd.Kernels;

/**
 * The roots of the secular equation f(λ) = 1/ρ + Σᵢ zᵢ²/(dᵢ − λ) = 0 with ρ &gt; 0 and d₀ &lt; d₁
 * &lt; …: one root between each pair of neighbouring poles and one above the last.
 *
 * <p>A root is kept as an offset τ from its nearer pole, so that all gaps dᵢ − λ = (dᵢ − d_K) − τ
 * have high relative accuracy however close λ is to a pole. f is interpolated by two poles, with
 * the weight of the nearer one fixed or, where that is slow, both fitted ("the middle way"); a
 * bracket guards every step. Iteration stops when |f| is below the rounding error made in
 * evaluating it.
 *
 * <p>Cost: about 3 evaluations a root, each one division a pole. Source: R.-C. Li, <i>Solving
 * Secular Equations Stably and Efficiently</i>, LAPACK Working Note 89, 1993; LAPACK's {@code
 * dlaed4}.
 */
final class SecularEquation {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** LAPACK's limit is 30; the median is 3. */
  private static final int MAX_ITERATIONS = 50;

  /** A step that leaves more of |f| than this is slow: the other interpolation goes next. */
  private static final double SLOW = 0.1;

  private final Kernels kernels = Kernels.active();
  private final double[] sums = new double[3];

  private int count;
  private double[] poles = {};
  private double[] weights = {};
  private double inverseRho;

  /** Of the root being sought: dᵢ − d_K, in the caller's array. */
  private double[] gaps = {};

  private int offset;
  private int origin;

  /** Where the last evaluation was, and what it gave. */
  private double f;

  private double below;
  private double belowSlope;
  private double above;
  private double aboveSlope;
  private double roundingBound;

  /** How often f was evaluated so far: what a root costs. */
  private int evaluations;

  /**
   * Sets the equation.
   *
   * @param count of poles, ≥ 1
   * @param poles dᵢ, strictly ascending
   * @param weights zᵢ², none zero
   * @param rho ρ &gt; 0
   */
  void set(int count, double[] poles, double[] weights, double rho) {
    this.count = count;
    this.poles = poles;
    this.weights = weights;
    this.inverseRho = 1 / rho;
  }

  /**
   * Finds a root.
   *
   * @param index which, 0 for the smallest
   * @param gapsOut receives dᵢ − λ
   * @param gapsOffset where they start
   * @return λ, or NaN if the iteration failed
   */
  double root(int index, double[] gapsOut, int gapsOffset) {
    this.gaps = gapsOut;
    this.offset = gapsOffset;
    if (count == 1) {
      double step = weights[0] / inverseRho;
      gaps[offset] = -step;
      return poles[0] + step;
    }
    double tau = index < count - 1 ? interiorRoot(index) : lastRoot();
    for (int i = 0; i < count; i++) {
      gaps[offset + i] -= tau;
    }
    return poles[origin] + tau;
  }

  int evaluations() {
    return evaluations;
  }

  private void setOrigin(int pole) {
    origin = pole;
    double at = poles[pole];
    for (int i = 0; i < count; i++) {
      gaps[offset + i] = poles[i] - at;
    }
  }

  /** Σ over poles first … last − 1 of zᵢ²/(gapᵢ − τ), its slope, and its index-weighted sum. */
  private void sum(int first, int last, double tau) {
    kernels.secularSums(last - first, weights, first, gaps, offset + first, tau, sums);
  }

  /** f and its parts at τ: below the split are the poles 0 … split − 1. */
  private void evaluate(double tau, int split) {
    evaluations++;
    sum(0, split, tau);
    below = sums[0];
    belowSlope = sums[1];
    // Prefix sums from the far end: the term at i takes part in split − i of them.
    double accumulated = Math.abs(split * sums[0] - sums[2]);
    sum(split, count, tau);
    above = sums[0];
    aboveSlope = sums[1];
    accumulated += Math.abs(sums[2] + sums[0]);
    f = inverseRho + below + above;
    roundingBound =
        UNIT_ROUNDOFF
            * (8 * (Math.abs(above) + Math.abs(below))
                + accumulated
                + 2 * inverseRho
                + Math.abs(tau) * (belowSlope + aboveSlope));
  }

  private boolean converged() {
    return Math.abs(f) <= roundingBound;
  }

  private double interiorRoot(int index) {
    int split = index + 1;
    double width = poles[split] - poles[index];
    setOrigin(index);
    evaluate(width / 2, split);
    boolean lowerHalf = f > 0;
    double ownWeight = weights[index];
    double nextWeight = weights[split];
    // f at the middle without the two poles beside it.
    double rest = f + (ownWeight - nextWeight) / (width / 2);
    double tau;
    double low;
    double high;
    if (lowerHalf) {
      low = 0;
      high = width / 2;
      tau = smallerRoot(rest, rest * width + ownWeight + nextWeight, ownWeight * width);
    } else {
      setOrigin(split);
      low = -width / 2;
      high = 0;
      tau = -smallerRoot(-rest, -rest * width + ownWeight + nextWeight, nextWeight * width);
    }
    if (!(tau > low && tau < high)) {
      tau = (low + high) / 2;
    }
    double previous = Double.POSITIVE_INFINITY;
    boolean middleWay = false;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      evaluate(tau, split);
      if (converged()) {
        return tau;
      }
      if (f <= 0) {
        low = tau;
      } else {
        high = tau;
      }
      if (Math.abs(f) > SLOW * previous) {
        middleWay = !middleWay;
      }
      previous = Math.abs(f);
      double next = tau + interiorStep(index, tau, lowerHalf, middleWay);
      if (!(next > low && next < high)) {
        next = low + (high - low) / 2;
        if (next == low || next == high) {
          return tau;
        }
      }
      tau = next;
    }
    return Double.NaN;
  }

  /** The smaller in magnitude of the roots of cx² − ax + b, written so that nothing cancels. */
  private static double smallerRoot(double c, double a, double b) {
    double root = Math.sqrt(Math.abs(a * a - 4 * b * c));
    return a > 0 ? 2 * b / (a + root) : (a - root) / (2 * c);
  }

  private double interiorStep(int index, double tau, boolean lowerHalf, boolean middleWay) {
    double left = gaps[offset + index] - tau;
    double right = gaps[offset + index + 1] - tau;
    double slope = belowSlope + aboveSlope;
    double width = right - left;
    double c;
    if (middleWay) {
      c = f - left * belowSlope - right * aboveSlope;
    } else if (lowerHalf) {
      c = f - right * slope + width * (weights[index] / left) / left;
    } else {
      c = f - left * slope - width * (weights[index + 1] / right) / right;
    }
    double a = (left + right) * f - left * right * slope;
    double b = left * right * f;
    double step = c == 0 ? b / a : smallerRoot(c, a, b);
    return f * step >= 0 || Double.isNaN(step) ? -f / slope : step;
  }

  private double lastRoot() {
    int last = count - 1;
    setOrigin(last);
    double rho = 1 / inverseRho;
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    double low = 0;
    // λ ≤ d_last + ρΣz², with room for the rounding of the sum.
    double high = rho * total * (1 + 4 * count * UNIT_ROUNDOFF);
    double tau = high / 2;
    evaluate(tau, last);
    if (f <= 0) {
      low = tau;
    } else {
      high = tau;
    }
    tau = lastGuess(tau, high);
    if (!(tau > low && tau < high)) {
      tau = low + (high - low) / 2;
    }
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      evaluate(tau, last);
      if (converged()) {
        return tau;
      }
      if (f <= 0) {
        low = tau;
      } else {
        high = tau;
      }
      double next = tau + lastStep(tau);
      if (!(next > low && next < high)) {
        next = low + (high - low) / 2;
        if (next == low || next == high) {
          return tau;
        }
      }
      tau = next;
    }
    return Double.NaN;
  }

  /** From the two last poles exactly and the others as they are at the middle. */
  private double lastGuess(double middle, double high) {
    int last = count - 1;
    double width = -gaps[offset + last - 1];
    double own = weights[last];
    double neighbour = weights[last - 1];
    double rest = f + neighbour / (width + middle) + own / middle;
    double a = -rest * width + neighbour + own;
    double b = own * width;
    double root = Math.sqrt(Math.abs(a * a + 4 * b * rest));
    double tau = a < 0 ? 2 * b / (root - a) : (a + root) / (2 * rest);
    return rest > 0 ? tau : high;
  }

  private double lastStep(double tau) {
    double left = gaps[offset + count - 2] - tau;
    double right = -tau;
    double slope = belowSlope + aboveSlope;
    double c = Math.abs(f - left * belowSlope - right * aboveSlope);
    double a = (left + right) * f - left * right * slope;
    double b = left * right * f;
    double root = Math.sqrt(Math.abs(a * a - 4 * b * c));
    double step = a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root);
    return f * step > 0 || Double.isNaN(step) ? -f / slope : step;
  }
}
