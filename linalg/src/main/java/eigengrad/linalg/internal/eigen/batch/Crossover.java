package eigengrad.linalg.internal.eigen.batch;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.Kernels;

/**
 * Which algorithm solves a batch: by the order alone, so that the answer does not depend on how
 * many matrices there are. Measured at each width.
 */
public final class Crossover {
  /** Up to here Jacobi's method. */
  private static final int JACOBI = 5;

  private Crossover() {}

  /** Whether Jacobi's method is faster than reduction and QR. */
  static boolean jacobi(int n) {
    return n <= JACOBI;
  }

  /**
   * Whether matrices are solved one per lane, and not one after the other.
   *
   * @param n order
   * @return false where the lanes are better used inside one matrix
   */
  public static boolean lockStep(int n) {
    return n <= largestLockStep(Kernels.lanes());
  }

  /** With two lanes the kernels for batches are scalar, while the single solver uses both. */
  private static int largestLockStep(int lanes) {
    return lanes == 2 ? 11 : BatchSolver.LARGEST_QR;
  }
}
