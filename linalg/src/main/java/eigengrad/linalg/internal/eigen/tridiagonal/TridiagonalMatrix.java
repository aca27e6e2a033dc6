package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * A symmetric tridiagonal matrix whose elements a solver overwrites: the diagonal ends as the
 * eigenvalues, the off-diagonal as zeros. It may be used again for another order; its arrays are as
 * long as the largest needed.
 */
public final class TridiagonalMatrix {
  private int size;
  private double[] diagonal = Buffers.NONE;
  private double[] offDiagonal = Buffers.NONE;

  /** A matrix of order 0. */
  public TridiagonalMatrix() {}

  /**
   * Changes the order; the elements are arbitrary then.
   *
   * @param n ≥ 0
   */
  public void resize(int n) {
    size = n;
    diagonal = Buffers.atLeast(diagonal, n);
    offDiagonal = Buffers.atLeast(offDiagonal, n);
  }

  /**
   * Takes the order and the elements of a diagonal block.
   *
   * @param source the matrix it is a block of
   * @param first its first row there
   * @param n its order, ≥ 1
   */
  public void copyBlock(TridiagonalMatrix source, int first, int n) {
    copy(source.diagonal, source.offDiagonal, first, n);
  }

  /**
   * Takes the order and the elements of a diagonal block.
   *
   * @param sourceDiagonal the diagonal of the matrix it is a block of
   * @param sourceOffDiagonal what is beside it
   * @param first its first row there
   * @param n its order, ≥ 0
   */
  public void copy(double[] sourceDiagonal, double[] sourceOffDiagonal, int first, int n) {
    resize(n);
    System.arraycopy(sourceDiagonal, first, diagonal, 0, n);
    System.arraycopy(sourceOffDiagonal, first, offDiagonal, 0, Math.max(n - 1, 0));
  }

  /**
   * Puts a block back where it came from.
   *
   * @param target the matrix this is a block of
   * @param first its first row there
   */
  public void putBack(TridiagonalMatrix target, int first) {
    System.arraycopy(diagonal, 0, target.diagonal, first, size);
    System.arraycopy(offDiagonal, 0, target.offDiagonal, first, size - 1);
  }

  /**
   * Scales to elements near 1, or zeros, by a power of two.
   *
   * @return its exponent
   */
  public int scaleToOne() {
    double largest =
        Math.max(
            Kernels.level1().maxAbs(size, diagonal, 0),
            Kernels.level1().maxAbs(Math.max(size - 1, 0), offDiagonal, 0));
    int exponent = PowerOfTwo.toOne(largest);
    scale(exponent);
    return exponent;
  }

  /**
   * Multiplies by a power of two.
   *
   * @param exponent of the power
   */
  public void scale(int exponent) {
    if (exponent != 0) {
      PowerOfTwo.scale(size, exponent, diagonal, 0);
      PowerOfTwo.scale(size - 1, exponent, offDiagonal, 0);
    }
  }

  /**
   * The order.
   *
   * @return n
   */
  public int size() {
    return size;
  }

  /**
   * The diagonal.
   *
   * @return the array itself, of which the first n elements count
   */
  public double[] diagonal() {
    return diagonal;
  }

  /**
   * What is beside the diagonal.
   *
   * @return the array itself, of which the first n − 1 elements count
   */
  public double[] offDiagonal() {
    return offDiagonal;
  }
}
