package eigengrad.grad;

import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * A rule's coefficients for the pairs of one eigenvalue with a range of others.
 *
 * <p>The power-iteration rule is summed by halving, S₂ₘ(q) = (1 + q)Sₘ(q²) and Sₘ₊₁ = 1 + qSₘ, in
 * loops over the range that the compiler vectorises: 2·log₂K operations a pair, where the closed
 * form of {@link InverseGap.PowerIteration} takes two transcendental functions. The relative error
 * is about K·u, no more than rounding λ once causes in q^K.
 */
final class GapCoefficients {
  private final double[] values;
  private final double[] signs;
  private final InverseGap rule;
  private final Precision precision;
  private final double norm;
  private final double[] coefficients;
  private final double[] leading;
  private final double[] factor;
  private final double[] power;
  private double largest;

  GapCoefficients(Eigendecomposition eigen, InverseGap rule, Precision precision) {
    this.values = eigen.values();
    this.rule = rule;
    this.precision = precision;
    int n = values.length;
    this.signs = new double[n];
    Arrays.setAll(signs, i -> values[i] < 0 ? -1 : 1);
    this.norm = Gauge.norm(eigen);
    this.coefficients = new double[n];
    this.leading = new double[n];
    this.factor = new double[n];
    this.power = new double[n];
  }

  /** The largest coefficient computed so far. */
  double largest() {
    return largest;
  }

  /**
   * What stands for 1/|λᵢ − λⱼ|, from ≤ i &lt; end.
   *
   * @param j an index outside the range
   * @return an array with the coefficients at their i, valid until the next call
   * @throws NonFiniteException naming the first pair without a finite one
   */
  double[] of(int j, int from, int end) {
    if (from == end) {
      return coefficients;
    }
    if (rule instanceof InverseGap.PowerIteration series) {
      sum(series.terms(), values[j], from, end);
    } else {
      for (int i = from; i < end; i++) {
        coefficients[i] =
            rule.between(Math.max(values[i], values[j]), Math.min(values[i], values[j]), norm);
      }
    }
    precision.round(coefficients);
    double most = Kernels.active().maxAbs(end - from, coefficients, from);
    if (!(most <= Double.MAX_VALUE)) {
      throw nonFinite(j, from);
    }
    largest = Math.max(largest, most);
    return coefficients;
  }

  /** A bit of K a pass: the lowest first, the highest, always 1, in {@link #finish}. */
  private void sum(int terms, double value, int from, int end) {
    start(Math.abs(value), value < 0 ? -1 : 1, from, end);
    for (int left = terms; left > 1; left >>= 1) {
      if ((left & 1) == 1) {
        addTermAndHalve(from, end);
      } else {
        halve(from, end);
      }
    }
    finish(value, from, end);
  }

  /** q with the larger magnitude below, so that nothing overflows. */
  private void start(double magnitude, double sign, int from, int end) {
    for (int i = from; i < end; i++) {
      double larger = Math.max(magnitude, Math.abs(values[i]));
      leading[i] = larger;
      power[i] = Math.min(magnitude, Math.abs(values[i])) / larger * (sign * signs[i]);
      factor[i] = 1;
      coefficients[i] = 0;
    }
  }

  private void addTermAndHalve(int from, int end) {
    for (int i = from; i < end; i++) {
      coefficients[i] += factor[i];
      factor[i] *= power[i] * (1 + power[i]);
      power[i] *= power[i];
    }
  }

  private void halve(int from, int end) {
    for (int i = from; i < end; i++) {
      factor[i] *= 1 + power[i];
      power[i] *= power[i];
    }
  }

  /** Adds the last term, divides by λ, and gives exact ties, next to each other, their 0. */
  private void finish(double value, int from, int end) {
    for (int i = from; i < end; i++) {
      coefficients[i] = (coefficients[i] + factor[i]) / leading[i];
    }
    for (int i = from; i < end && values[i] == value; i++) {
      coefficients[i] = 0;
    }
    for (int i = end - 1; i >= from && values[i] == value; i--) {
      coefficients[i] = 0;
    }
  }

  private NonFiniteException nonFinite(int j, int from) {
    int i = from;
    while (Double.isFinite(coefficients[i])) {
      i++;
    }
    int lower = Math.min(i, j);
    int upper = Math.max(i, j);
    return new NonFiniteException(
        "the "
            + rule
            + " rule has no finite coefficient for eigenvalues "
            + lower
            + " and "
            + upper
            + ", "
            + values[lower]
            + " and "
            + values[upper]
            + ": "
            + remedy(values[upper], values[lower]));
  }

  private String remedy(double upper, double lower) {
    if (isFinite(InverseGap.powerIteration(19), upper, lower)) {
      return "a bounded rule such as InverseGap.powerIteration(19) has, and a function of the"
          + " matrix or the projector onto both vectors needs none";
    } else if (isFinite(InverseGap.clipped(1e6), upper, lower)) {
      return "a rule bounded in proportion to the norm such as InverseGap.clipped(1e6) has";
    }
    return "scale the matrix up by a power of two, which scales its gradient down";
  }

  private boolean isFinite(InverseGap other, double upper, double lower) {
    return Double.isFinite(precision.round(other.between(upper, lower, norm)));
  }
}
