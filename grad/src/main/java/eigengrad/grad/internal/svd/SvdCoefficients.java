package eigengrad.grad.internal.svd;

import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * What stands for 1/(σⱼ − σᵢ), a rule's, and 1/(σⱼ + σᵢ) and 1/σⱼ themselves: the inverse gaps of
 * the symmetric matrix of A and Aᵀ, whose eigenvalues are ±σ and 0. They are 0 where the two tie.
 */
public final class SvdCoefficients {
  private final double[] values;
  private final int n;
  private final GapCoefficients gaps;
  private final int firstZero;
  private final double[] sums;

  public SvdCoefficients(TallFactors factors, InverseGap rule) {
    this.values = factors.values();
    this.n = factors.n();
    this.gaps = GapCoefficients.ofSingularValues(factors.valuesAndZero(), factors.m(), rule);
    this.firstZero = TallFactors.firstZero(gaps.clusters(), n);
    this.sums = new double[n];
  }

  /** The rule's coefficients with its clusters, of which 0 is the last value. */
  public GapCoefficients gaps() {
    return gaps;
  }

  /** The first singular value that ties with 0; n if none does. */
  public int firstZero() {
    return firstZero;
  }

  /** What stands for 1/|σⱼ − σᵢ| for from ≤ i &lt; end, without j; valid until the next call. */
  public double[] ofGaps(int j, int from, int end) {
    return gaps.of(j, from, end);
  }

  /** 1/(σᵢ + σⱼ); 0 if both tie with 0. */
  public double ofSum(int i, int j) {
    return Math.min(i, j) >= firstZero ? 0 : 0.5 / (0.5 * values[i] + 0.5 * values[j]);
  }

  /**
   * The same for j &lt; i &lt; n, each at its index i, ascending: valid until the next call.
   * Infinite where both are subnormal.
   */
  public double[] ofSums(int j) {
    if (j >= firstZero) {
      Arrays.fill(sums, j + 1, n, 0);
    } else {
      double half = 0.5 * values[j];
      for (int i = j + 1; i < n; i++) {
        sums[i] = 0.5 / (0.5 * values[i] + half);
      }
    }
    return sums;
  }

  /** 1/σⱼ; 0 if it ties with 0. */
  public double ofValue(int j) {
    return j >= firstZero ? 0 : 1 / values[j];
  }

  /** The columns of a rows×n array over σ; 0 for values that tie with 0. */
  double[] overValues(int rows, double[] b) {
    double[] result = new double[rows * n];
    for (int j = 0; j < firstZero; j++) {
      if (Kernels.level1().maxAbs(rows, b, j * rows) > 0) {
        Kernels.level1().axpy(rows, 1 / values[j], b, j * rows, result, j * rows);
      }
    }
    return result;
  }

  /** A coefficient times what it weighs: 0 of 0, whatever the coefficient. */
  public static double weigh(double coefficient, double part) {
    return part == 0 ? 0 : coefficient * part;
  }
}
