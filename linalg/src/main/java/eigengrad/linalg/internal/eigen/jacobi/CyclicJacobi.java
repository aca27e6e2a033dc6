package eigengrad.linalg.internal.eigen.jacobi;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.JacobiOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All eigenpairs of a very small symmetric matrix by cyclic Jacobi rotations.
 *
 * <p>An element is negligible by the diagonal elements of its row and column, which gives small
 * eigenvalues of definite matrices relative accuracy; see {@code Eigendecomposition}.
 *
 * <p>Cost: about 5 sweeps of n²/2 rotations. Source: G. H. Golub and C. F. Van Loan, <i>Matrix
 * Computations</i>, 4th edition, section 8.5.
 */
public final class CyclicJacobi {
  /** Up to here small eigenvalues of definite matrices are found by it. */
  public static final int LARGEST = 6;

  /** Up to here it takes no longer than the tridiagonal form. */
  private static final int FAST = 4;

  /**
   * Definite matrices whose diagonal elements differ by no more have no eigenvalue that the
   * tridiagonal form would find less accurately, but for this factor.
   */
  private static final double SPREAD = 4;

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Negligible whatever the diagonal elements: max |a| is 1. */
  private static final double FLOOR = 0x1p-300;

  /** Convergence is quadratic: a handful of sweeps is the rule. */
  private static final int MAX_SWEEPS = 60;

  private final double[] a = new double[LARGEST * LARGEST];
  private final double[] values = new double[LARGEST];

  /** A solver to be used for any number of matrices, one after the other. */
  public CyclicJacobi() {}

  /**
   * Whether it is the fastest method, or the only one that finds small eigenvalues to the accuracy
   * that the matrix, if it is definite, determines them to.
   *
   * @param n order, ≥ 0
   * @param matrix n×n
   * @return whether it should solve the matrix
   */
  public static boolean suits(int n, double[] matrix) {
    return n <= FAST || (n <= LARGEST && mayBeDefiniteAndGraded(n, matrix));
  }

  private static boolean mayBeDefiniteAndGraded(int n, double[] matrix) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    double sign = Math.signum(matrix[0]);
    boolean sameSign = sign != 0;
    for (int j = 0; j < n; j++) {
      double element = matrix[j + j * n];
      least = Math.min(least, Math.abs(element));
      greatest = Math.max(greatest, Math.abs(element));
      sameSign &= Math.signum(element) == sign;
    }
    return sameSign && greatest > SPREAD * least;
  }

  /**
   * Values and vectors.
   *
   * @param n order, at most {@link #LARGEST}
   * @param matrix n×n, lower triangle read; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param vectors n×n, overwritten by the unit eigenvectors; null for values alone
   * @return whether it converged; if not, nothing is of use
   */
  public boolean solve(int n, double[] matrix, int exponent, double @Nullable [] vectors) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        a[i + j * n] = matrix[i + j * n];
      }
    }
    PowerOfTwo.scale(n * n, exponent, a, 0);
    if (vectors != null) {
      identity(n, vectors);
    }
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        a[j + i * n] = a[i + j * n];
      }
    }
    int[] planes = JacobiOrder.of(n);
    int rotated = n;
    for (int sweep = 0; sweep < MAX_SWEEPS && rotated > 0; sweep++) {
      rotated = 0;
      for (int plane = 0; plane < planes.length; plane += 2) {
        int p = planes[plane];
        int q = planes[plane + 1];
        if (!negligible(a[p + p * n], a[q + q * n], a[p + q * n])) {
          rotate(n, p, q, vectors);
          rotated++;
        }
      }
    }
    for (int j = 0; j < n; j++) {
      values[j] = a[j + j * n];
    }
    return rotated == 0;
  }

  /**
   * The eigenvalues that go with the vectors, of the scaled matrix.
   *
   * @return the array itself, of which the first n elements count, in no particular order
   */
  public double[] values() {
    return values;
  }

  private static void identity(int n, double[] vectors) {
    Arrays.fill(vectors, 0, n * n, 0);
    for (int j = 0; j < n; j++) {
      vectors[j + j * n] = 1;
    }
  }

  private static boolean negligible(double above, double below, double offDiagonal) {
    return offDiagonal * offDiagonal <= UNIT_ROUNDOFF * UNIT_ROUNDOFF * Math.abs(above * below)
        || Math.abs(offDiagonal) <= FLOOR;
  }

  /**
   * The rotation in the plane of p and q that annihilates the element between them. Its tangent t
   * is the smaller root of bt² + 2dt − b = 0 with |b| > {@link #FLOOR}; t, the sine and the tangent
   * of half the angle are three quotients that do not wait for each other, as roots and quotients
   * in a chain are most of a rotation's time.
   */
  private void rotate(int n, int p, int q, double @Nullable [] vectors) {
    double app = a[p + p * n];
    double aqq = a[q + q * n];
    double apq = a[p + q * n];
    double d = aqq - app;
    double b = 2 * apq;
    double adjacent = Math.abs(d) + Math.sqrt(multiplyAdd(d, d, b * b));
    double hypotenuse = Math.sqrt(multiplyAdd(adjacent, adjacent, b * b));
    double opposite = Math.copySign(b, d * b);
    double t = opposite / adjacent;
    double s = opposite / hypotenuse;
    // Corrections of the elements rather than new ones: fewer rounding errors.
    double tau = opposite / (adjacent + hypotenuse);
    for (int k = 0; k < n; k++) {
      double kp = a[k + p * n];
      double kq = a[k + q * n];
      double rotatedP = multiplyAdd(-s, multiplyAdd(tau, kp, kq), kp);
      double rotatedQ = multiplyAdd(s, multiplyAdd(-tau, kq, kp), kq);
      a[k + p * n] = rotatedP;
      a[k + q * n] = rotatedQ;
      a[p + k * n] = rotatedP;
      a[q + k * n] = rotatedQ;
    }
    if (vectors != null) {
      rotateColumns(n, p * n, q * n, s, tau, vectors);
    }
    a[p + p * n] = app - t * apq;
    a[q + q * n] = aqq + t * apq;
    a[p + q * n] = 0;
    a[q + p * n] = 0;
  }

  private static void rotateColumns(int n, int p, int q, double s, double tau, double[] vectors) {
    for (int k = 0; k < n; k++) {
      double vp = vectors[k + p];
      double vq = vectors[k + q];
      vectors[k + p] = multiplyAdd(-s, multiplyAdd(tau, vp, vq), vp);
      vectors[k + q] = multiplyAdd(s, multiplyAdd(-tau, vq, vp), vq);
    }
  }
}
