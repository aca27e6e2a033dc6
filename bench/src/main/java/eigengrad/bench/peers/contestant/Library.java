package eigengrad.bench.peers.contestant;

import org.jspecify.annotations.Nullable;

/** A linear algebra library in the race, through the calls that its users would make. */
public interface Library {

  /**
   * What exactly runs.
   *
   * @return versions and settings that the library itself reports
   */
  String description();

  /**
   * A symmetric eigenproblem.
   *
   * @param n order
   * @param a n×n symmetric; not modified
   * @param vectors whether eigenvectors are wanted
   * @return the work to be timed, or null if the library has no call for it
   */
  default @Nullable EigenJob eigen(int n, double[] a, boolean vectors) {
    return null;
  }

  /**
   * A symmetric eigenproblem of single-precision numbers, solved to single precision.
   *
   * @param n order
   * @param a n×n symmetric; not modified
   * @return the work to be timed, or null if the library has no call for it
   */
  default @Nullable EigenJob singleEigen(int n, float[] a) {
    return null;
  }

  /**
   * A thin singular value decomposition.
   *
   * @param m rows, ≥ n for the native library
   * @param n columns
   * @param a m×n; not modified
   * @param vectors whether singular vectors are wanted
   * @return the work to be timed, or null if the library has no call for it
   */
  default @Nullable SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return null;
  }

  /**
   * A thin singular value decomposition of single-precision numbers, to single precision.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @return the work to be timed, or null if the library has no call for it
   */
  default @Nullable SvdJob singleSvd(int m, int n, float[] a) {
    return null;
  }

  /**
   * The product C = AB.
   *
   * @param n order
   * @param a n×n; not modified
   * @param b n×n; not modified
   * @return the work to be timed, or null if the library does not take part
   */
  default @Nullable ProductJob product(int n, double[] a, double[] b) {
    return null;
  }
}
