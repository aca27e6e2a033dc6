package eigengrad.grad.internal.support;

import eigengrad.linalg.DenseMatrix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What to add to the diagonal of a matrix that should have been positive definite. */
public final class Ridge {
  /** Relative to the largest magnitude of an eigenvalue: far above rounding, far below the rest. */
  private static final double RELATIVE = 1e-10;

  private static final MathContext TWO_DIGITS_UP = new MathContext(2, RoundingMode.UP);

  private Ridge() {}

  /**
   * An ε &gt; 0 that makes every eigenvalue positive, and not by rounding alone.
   *
   * @param smallest eigenvalue
   * @param largest eigenvalue
   * @return ε of two digits, short enough for a message; ∞ if it or largest + ε overflows
   */
  public static double enough(double smallest, double largest) {
    double magnitude = Math.max(Math.abs(smallest), Math.abs(largest));
    double margin = magnitude == 0 ? RELATIVE : Math.max(RELATIVE * magnitude, Double.MIN_VALUE);
    double ridge = twoDigits(Math.max(-2 * smallest, margin));
    return largest + ridge <= Double.MAX_VALUE ? ridge : Double.POSITIVE_INFINITY;
  }

  /** The smallest number of two digits that is not below x. */
  public static double twoDigits(double x) {
    return x <= Double.MAX_VALUE ? BigDecimal.valueOf(x).round(TWO_DIGITS_UP).doubleValue() : x;
  }

  /**
   * The advice to take one.
   *
   * @param ridge of {@link #enough}
   * @param how to add it, with %s for ε
   */
  public static String advice(double ridge, String how) {
    return ridge <= Double.MAX_VALUE
        ? "add a ridge, such as " + how.formatted(ridge)
        : "scale the matrix down by a power of two, then add a ridge";
  }

  /** X + share·(tr X)·I. */
  public static DenseMatrix withShareOfTrace(double share, DenseMatrix x) {
    int n = x.rows();
    double[] elements = x.toArray();
    double shift = 0;
    for (int j = 0; j < n; j++) {
      shift += share * elements[j + j * n];
    }
    for (int j = 0; j < n; j++) {
      elements[j + j * n] += shift;
    }
    return DenseMatrix.wrap(n, n, elements);
  }
}
