package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Collects the plane rotations of one QL or QR sweep, each of a column and its neighbour, and
 * applies them together.
 */
public final class ColumnRotations {

  private int n;
  private double[] vectors = Buffers.NONE;
  private int corner;
  private int ld;
  private double[] cosines = Buffers.NONE;
  private double[] sines = Buffers.NONE;
  private int count;

  /** Collects nothing yet; the arrays grow as needed. */
  public ColumnRotations() {}

  /**
   * Rotations of a matrix of vectors from now on.
   *
   * @param n rows, and at least as many as columns
   * @param vectors holds the elements, updated
   * @param corner where they start
   * @param ld from a column to the next
   */
  public void begin(int n, double[] vectors, int corner, int ld) {
    this.n = n;
    this.vectors = vectors;
    this.corner = corner;
    this.ld = ld;
    cosines = Buffers.atLeast(cosines, n);
    sines = Buffers.atLeast(sines, n);
    count = 0;
  }

  /** The vectors, which are the caller's, are not kept. */
  public void end() {
    vectors = Buffers.NONE;
  }

  /**
   * The next rotation: of the column reached so far and the one after it.
   *
   * @param c cosine
   * @param s sine
   */
  public void add(double c, double s) {
    cosines[count] = c;
    sines[count] = s;
    count++;
  }

  /**
   * Applies what was collected, from one column on.
   *
   * @param column the first
   * @param step from a column to the next, 1 or −1
   */
  public void applyFrom(int column, int step) {
    Kernels.level1()
        .rotateChain(n, count, vectors, corner + column * ld, step * ld, cosines, sines);
    count = 0;
  }
}
