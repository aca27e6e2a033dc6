package eigengrad.linalg.tridiagonal;

/**
 * A symmetric tridiagonal matrix whose arrays a solver overwrites: the diagonal ends as the
 * eigenvalues, the off-diagonal as zeros.
 *
 * @param diagonal n elements
 * @param offDiagonal max(n − 1, 0) elements
 */
public record TridiagonalMatrix(double[] diagonal, double[] offDiagonal) {

  /**
   * The order.
   *
   * @return n
   */
  public int size() {
    return diagonal.length;
  }
}
