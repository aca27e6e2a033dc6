package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.util.stream.DoubleStream;

/**
 * Counts eigenvalues of a symmetric tridiagonal matrix T below a number x, by the signs of the
 * pivots of T − xI (Sylvester's law of inertia), and so judges computed eigenvalues without a
 * solver.
 *
 * <p>The count is the exact one of a matrix whose elements differ from those of T by a few units
 * roundoff, relatively: it is within a few u·‖T‖ of the truth. Source: W. Kahan, <i>Accurate
 * eigenvalues of a symmetric tri-diagonal matrix</i>, 1966; LAPACK's {@code dlaebz}.
 */
final class SturmCount {
  /** Smallest pivot; what it replaces counts as negative. T is scaled to elements near 1. */
  private static final double SMALLEST_PIVOT = 0x1p-1000;

  /** Tolerances above this mean values that have nothing to do with the matrix. */
  private static final double HOPELESS = 0x1p60;

  private final double[] d;
  private final double[] squares;
  private final int exponent;

  SturmCount(Tridiagonal t) {
    this(t, 0);
  }

  /**
   * Counts for a matrix that was scaled before.
   *
   * @param scaledBy the power of two that is already in t
   */
  private SturmCount(Tridiagonal t, int scaledBy) {
    double largest =
        DoubleStream.concat(DoubleStream.of(t.d()), DoubleStream.of(t.e()))
            .map(Math::abs)
            .max()
            .orElse(0);
    int shift = exponentNearOne(largest);
    this.d = DoubleStream.of(t.d()).map(d -> Scaling.shift(d, shift)).toArray();
    this.squares =
        DoubleStream.of(t.e()).map(e -> Scaling.shift(e, shift)).map(e -> e * e).toArray();
    this.exponent = scaledBy + shift;
  }

  /** Counts for the tridiagonal matrix that a dense one is reduced to. */
  static SturmCount of(DenseMatrix matrix) {
    int exponent = exponentNearOne(matrix.maxAbs());
    double[] scaled =
        DoubleStream.of(matrix.columnMajor()).map(a -> Scaling.shift(a, exponent)).toArray();
    DenseMatrix nearOne = DenseMatrix.wrap(matrix.rows(), matrix.columns(), scaled);
    return new SturmCount(Tridiagonal.reducedFrom(nearOne), exponent);
  }

  private static int exponentNearOne(double largest) {
    return largest == 0 ? 0 : -Math.getExponent(Math.max(largest, Double.MIN_NORMAL));
  }

  private double scaled(double x) {
    return Scaling.shift(x, exponent);
  }

  /** How many eigenvalues are below x. */
  int below(double x) {
    return belowScaled(scaled(x));
  }

  private int belowScaled(double x) {
    int count = 0;
    double pivot = 1;
    for (int i = 0; i < d.length; i++) {
      pivot = d[i] - x - (i == 0 ? 0 : squares[i - 1] / pivot);
      if (Math.abs(pivot) < SMALLEST_PIVOT) {
        pivot = -SMALLEST_PIVOT;
      }
      if (pivot < 0) {
        count++;
      }
    }
    return count;
  }

  /**
   * The least t, rounded up to a half or, from 64 on, by at most a quarter, such that each value
   * λⱼ, moved by t·u'·max|λ|, has the counts of its index: at most j below λⱼ − t·u'·max|λ|, at
   * least j + 1 below λⱼ + t·u'·max|λ|.
   *
   * @param values n, ascending
   * @return t, or ∞ if there is none of a sensible size
   */
  double ratio(double[] values) {
    double[] scaled = DoubleStream.of(values).map(this::scaled).toArray();
    double unit = ULP * DoubleStream.of(scaled).map(Math::abs).max().orElse(0);
    double tolerance = 0;
    for (int j = 0; j < scaled.length; j++) {
      while (!confirms(j, scaled[j], Math.max(tolerance * unit, 2 * SMALLEST_PIVOT))) {
        tolerance += Math.max(0.5, Math.floor(tolerance / 64) * 16);
        if (tolerance > HOPELESS) {
          return Double.POSITIVE_INFINITY;
        }
      }
    }
    return tolerance;
  }

  private boolean confirms(int j, double scaledValue, double margin) {
    return belowScaled(scaledValue - margin) <= j && belowScaled(scaledValue + margin) > j;
  }
}
