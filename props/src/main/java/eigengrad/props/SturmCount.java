package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import java.util.stream.DoubleStream;

/**
 * Counts eigenvalues of a symmetric matrix below a number x, by the signs of the pivots of T − xI
 * (Sylvester's law of inertia) with T its tridiagonal form, and so judges eigenvalues without a
 * solver.
 *
 * <p>The count is the exact one of a matrix within a few u·‖T‖ of T. Source: W. Kahan, <i>Accurate
 * eigenvalues of a symmetric tri-diagonal matrix</i>, 1966; LAPACK's {@code dlaebz}.
 */
public final class SturmCount {
  /** Smallest pivot; what it replaces counts as negative. T is scaled to elements near 1. */
  private static final double SMALLEST_PIVOT = 0x1p-1000;

  /** Tolerances above this mean values that have nothing to do with the matrix. */
  private static final double HOPELESS = 0x1p60;

  private final double[] diagonal;
  private final double[] squares;
  private final int exponent;

  private SturmCount(Tridiagonal t, int exponent) {
    this.diagonal = t.diagonal();
    this.squares = DoubleStream.of(t.offDiagonal()).map(e -> e * e).toArray();
    this.exponent = exponent;
  }

  /**
   * Counts for a matrix.
   *
   * @param matrix n×n symmetric, finite; one that is not tridiagonal is reduced, in (8/3)n³ flops
   * @return its counts
   */
  public static SturmCount of(DenseMatrix matrix) {
    double largest = Math.max(matrix.maxAbs(), Double.MIN_NORMAL);
    int exponent = -Math.getExponent(largest);
    double[] scaled = matrix.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = shift(scaled[i], exponent);
    }
    DenseMatrix nearOne = DenseMatrix.wrap(matrix.rows(), matrix.columns(), scaled);
    return new SturmCount(
        isTridiagonal(nearOne) ? bands(nearOne) : Tridiagonal.reducedFrom(nearOne), exponent);
  }

  private static boolean isTridiagonal(DenseMatrix matrix) {
    for (int j = 0; j < matrix.columns(); j++) {
      for (int i = j + 2; i < matrix.rows(); i++) {
        if (matrix.get(i, j) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static Tridiagonal bands(DenseMatrix matrix) {
    return Tridiagonal.of(matrix.rows(), i -> matrix.get(i, i), i -> matrix.get(i + 1, i));
  }

  /** x·2^exponent, in two halves: the factor itself may not be a finite double. */
  private static double shift(double x, int exponent) {
    int half = exponent / 2;
    return Math.scalb(Math.scalb(x, half), exponent - half);
  }

  /**
   * How many eigenvalues are below a number.
   *
   * @param x the number
   * @return from 0 to n
   */
  public int below(double x) {
    return belowScaled(shift(x, exponent));
  }

  private int belowScaled(double x) {
    int count = 0;
    double pivot = 1;
    for (int i = 0; i < diagonal.length; i++) {
      pivot = diagonal[i] - x - (i == 0 ? 0 : squares[i - 1] / pivot);
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
  public double tolerance(double[] values) {
    double[] scaled = DoubleStream.of(values).map(value -> shift(value, exponent)).toArray();
    double unit = SpectralAccuracy.ULP * DoubleStream.of(scaled).map(Math::abs).max().orElse(0);
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
