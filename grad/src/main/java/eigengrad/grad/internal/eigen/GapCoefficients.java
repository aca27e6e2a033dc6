package eigengrad.grad.internal.eigen;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * A rule's coefficients for the pairs of one eigenvalue, or singular value, with a range of others.
 *
 * <p>The power-iteration rule is summed by halving, S₂ₘ(q) = (1 + q)Sₘ(q²) and Sₘ₊₁ = 1 + qSₘ, in
 * loops over the range that the compiler vectorises: 2·log₂K operations per pair, where the closed
 * form of {@link InverseGap.PowerIteration} takes two transcendental functions. The relative error
 * is about K·u, no more than rounding λ once causes in q^K.
 */
public final class GapCoefficients {
  private final double[] values;
  private final double[] signs;
  private final InverseGap rule;
  private final InverseGap formula;
  private final Clusters clusters;
  private final Rounding rounding;
  private final double norm;
  private final double[] coefficients;
  private final double[] leading;
  private final double[] factor;
  private final double[] power;

  public GapCoefficients(Eigendecomposition eigen, InverseGap rule, Rounding rounding) {
    this(
        eigen.values(),
        Clusters.of(eigen.values(), rule.tieTolerance(eigen.order())),
        rule,
        rounding);
  }

  /**
   * Those of singular values.
   *
   * @param values descending, and a 0 behind them: those that tie with it count as 0
   * @param order the larger dimension of the matrix
   */
  public static GapCoefficients ofSingularValues(double[] values, int order, InverseGap rule) {
    Clusters clusters = Clusters.ofSingularValues(values, rule.tieTolerance(order));
    return new GapCoefficients(values, clusters, rule, Rounding.NONE);
  }

  private GapCoefficients(double[] values, Clusters clusters, InverseGap rule, Rounding rounding) {
    this.values = values;
    this.clusters = clusters;
    this.rule = rule;
    this.formula = formula(rule);
    this.rounding = rounding;
    int n = values.length;
    this.signs = new double[n];
    Arrays.setAll(signs, i -> values[i] < 0 ? -1 : 1);
    this.norm = Clusters.norm(values);
    this.coefficients = new double[n];
    this.leading = new double[n];
    this.factor = new double[n];
    this.power = new double[n];
  }

  /** A rule without the tolerance that it may have of its own. */
  public static InverseGap formula(InverseGap rule) {
    return rule instanceof InverseGap.WithTieTolerance own ? own.rule() : rule;
  }

  public InverseGap rule() {
    return rule;
  }

  /** Which of the values tie. */
  public Clusters clusters() {
    return clusters;
  }

  /**
   * What stands for 1/|λᵢ − λⱼ| for from ≤ i &lt; end; 0 for values that tie.
   *
   * @param j an index outside the range
   * @return an array with each coefficient at its index i, valid until the next call
   * @throws NonFiniteException naming the first pair without a finite one
   */
  public double[] of(int j, int from, int end) {
    if (from == end) {
      return coefficients;
    }
    if (formula instanceof InverseGap.PowerIteration series) {
      sum(series.terms(), values[j], from, end);
    } else if (formula instanceof InverseGap.Analytic && norm <= Double.MAX_VALUE / 2) {
      invert(values[j], from, end);
    } else {
      for (int i = from; i < end; i++) {
        coefficients[i] =
            rule.between(Math.max(values[i], values[j]), Math.min(values[i], values[j]), norm);
      }
    }
    leaveOutTies(j, from, end);
    rounding.round(coefficients);
    double most = Kernels.level1().maxAbs(end - from, coefficients, from);
    if (!(most <= Double.MAX_VALUE)) {
      throw nonFinite(j, from);
    }
    return coefficients;
  }

  private void leaveOutTies(int j, int from, int end) {
    int start = Math.max(from, clusters.start(j));
    int stop = Math.min(end, clusters.end(j));
    if (start < stop) {
      Arrays.fill(coefficients, start, stop, 0);
    }
  }

  /** The analytic rule where no difference overflows. */
  private void invert(double value, int from, int end) {
    for (int i = from; i < end; i++) {
      coefficients[i] = 1 / Math.abs(values[i] - value);
    }
  }

  /** One pass per bit of K: the lowest first, the highest, always 1, in {@link #finish}. */
  private void sum(int terms, double value, int from, int end) {
    start(terms, Math.abs(value), value < 0 ? -1 : 1, from, end);
    for (int left = terms >> 1; left > 1; left >>= 1) {
      if ((left & 1) == 1) {
        addTermAndHalve(from, end);
      } else {
        halve(from, end);
      }
    }
    finish(terms == 1 ? 0 : 1, from, end);
  }

  /**
   * The first pass. Both q and 1 + q come from 1 − |q|, which is computed without cancellation, so
   * that nothing cancels where the values are nearly opposite.
   */
  private void start(int terms, double magnitude, double sign, int from, int end) {
    int odd = terms & 1;
    for (int i = from; i < end; i++) {
      double larger = Math.max(magnitude, Math.abs(values[i]));
      double distance = (larger - Math.min(magnitude, Math.abs(values[i]))) / larger;
      double same = sign * signs[i];
      double q = same * (1 - distance);
      leading[i] = larger;
      power[i] = q * q;
      factor[i] = (1 + same - same * distance) * (odd == 1 ? q : 1);
      coefficients[i] = odd;
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

  /** Adds the highest bit's term, unless that bit is also the lowest, and divides by λ. */
  private void finish(double last, int from, int end) {
    for (int i = from; i < end; i++) {
      coefficients[i] = (coefficients[i] + last * factor[i]) / leading[i];
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
            + " rule has no finite coefficient for "
            + clusters.kind()
            + " "
            + lower
            + " and "
            + upper
            + ", "
            + values[lower]
            + " and "
            + values[upper]
            + ": "
            + remedy(
                Math.max(values[upper], values[lower]), Math.min(values[upper], values[lower])));
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
    return Double.isFinite(rounding.round(other.between(upper, lower, norm)));
  }
}
