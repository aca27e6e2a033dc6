package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * The last step of a merge: the halves' eigenvectors times those of the secular equation.
 *
 * <p>A column of the halves is zero in the upper or in the lower rows, or in neither. Columns of
 * one support are gathered side by side, so that the product leaves the blocks of zeros out.
 */
public final class HalvesProduct {
  private final PartialSpectrum spectrum;
  private final Deflation deflation;

  /** For each pole, the row of the secular equation's vectors that belongs to it. */
  public int[] rowOfPole = Buffers.NO_INDICES;

  /** How many poles there are of each support. */
  private final int[] inSupport = new int[3];

  /** Upper parts, lower parts, then whole dropped columns. */
  private double[] halves = Buffers.NONE;

  /** The merge being done: where its vectors start, and how many rows each half has. */
  private int corner;

  private int upper;
  private int lower;

  /**
   * Products to be done one after the other.
   *
   * @param spectrum holds the halves' vectors, and the product after each merge
   * @param deflation of the same merges
   */
  public HalvesProduct(PartialSpectrum spectrum, Deflation deflation) {
    this.spectrum = spectrum;
    this.deflation = deflation;
  }

  /**
   * Makes room for merges up to an order.
   *
   * @param n the order
   */
  public void ensure(int n) {
    rowOfPole = Buffers.atLeast(rowOfPole, n);
    halves = Buffers.atLeast(halves, n * n);
  }

  /**
   * Begins with a deflated merge: gives each pole a row and copies the dropped columns.
   *
   * @param first row of the merge
   * @param upperRows rows of the upper half
   * @param n rows in all
   */
  public void begin(int first, int upperRows, int n) {
    corner = spectrum.corner(first);
    upper = upperRows;
    lower = n - upperRows;
    arrangeRows();
    for (int i = 0; i < deflation.droppedCount; i++) {
      int source = corner + deflation.dropped[i] * spectrum.ld;
      System.arraycopy(spectrum.vectors, source, halves, droppedPart() + i * n, n);
    }
  }

  /** Poles of one support become neighbours. */
  private void arrangeRows() {
    int row = 0;
    for (byte support = Deflation.UPPER; support <= Deflation.LOWER; support++) {
      int start = row;
      for (int i = 0; i < deflation.keptCount; i++) {
        if (deflation.support[deflation.kept[i]] == support) {
          rowOfPole[i] = row++;
        }
      }
      inSupport[support] = row - start;
    }
  }

  private int upperColumns() {
    return inSupport[Deflation.UPPER] + inSupport[Deflation.BOTH];
  }

  private int lowerColumns() {
    return inSupport[Deflation.BOTH] + inSupport[Deflation.LOWER];
  }

  private int lowerPart() {
    return upper * upperColumns();
  }

  private int droppedPart() {
    return lowerPart() + lower * lowerColumns();
  }

  /**
   * Copies what is not zero of the column that belongs to a pole.
   *
   * @param pole its index among the kept
   */
  public void copyColumn(int pole) {
    int source = corner + deflation.kept[pole] * spectrum.ld;
    byte support = deflation.support[deflation.kept[pole]];
    if (support != Deflation.LOWER) {
      System.arraycopy(spectrum.vectors, source, halves, rowOfPole[pole] * upper, upper);
    }
    if (support != Deflation.UPPER) {
      int target = lowerPart() + (rowOfPole[pole] - inSupport[Deflation.UPPER]) * lower;
      System.arraycopy(spectrum.vectors, source + upper, halves, target, lower);
    }
  }

  /**
   * Columns start … end − 1 of Q ← (halves) · (rotation).
   *
   * @param gemm does it
   * @param rotation k×k for k kept columns
   * @param start the first column
   * @param end one beyond the last
   */
  public void multiply(Gemm gemm, double[] rotation, int start, int end) {
    int firstLowerRow = deflation.keptCount - lowerColumns();
    multiplyHalf(gemm, upper, upperColumns(), 0, rotation, 0, start, end, corner);
    multiplyHalf(
        gemm,
        lower,
        lowerColumns(),
        lowerPart(),
        rotation,
        firstLowerRow,
        start,
        end,
        corner + upper);
  }

  private void multiplyHalf(
      Gemm gemm,
      int rows,
      int depth,
      int half,
      double[] rotation,
      int rotationRow,
      int start,
      int end,
      int target) {
    int k = deflation.keptCount;
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        rows,
        end - start,
        depth,
        1,
        halves,
        half,
        rows,
        rotation,
        rotationRow + start * k,
        k,
        0,
        spectrum.vectors,
        target + start * spectrum.ld,
        spectrum.ld);
  }

  /** Puts the dropped columns behind the new ones. */
  public void putDroppedBack() {
    int n = upper + lower;
    for (int i = 0; i < deflation.droppedCount; i++) {
      int target = corner + (deflation.keptCount + i) * spectrum.ld;
      System.arraycopy(halves, droppedPart() + i * n, spectrum.vectors, target, n);
    }
  }
}
