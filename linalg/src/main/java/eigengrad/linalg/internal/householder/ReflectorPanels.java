package eigengrad.linalg.internal.householder;

import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Reflectors in panels of some: HᵢHᵢ₊₁… = I − VTVᵀ with T upper triangular, packed as the kernel
 * wants V. In reversed panels they follow each other the other way round: their product is the
 * transpose.
 *
 * <p>Source: R. Schreiber and C. F. Van Loan, <i>A Storage-Efficient WY Representation for Products
 * of Householder Transformations</i>, SIAM J. Sci. Stat. Comput. 10 (1989).
 */
final class ReflectorPanels {
  private final Reflectors reflectors;
  private final boolean reversed;

  /** How many reflectors a panel has. */
  private int width;

  /** V of panel after panel, each with all rows, those above its first reflector unused. */
  private double[] v = Buffers.NONE;

  private double[] t = Buffers.NONE;

  ReflectorPanels(Reflectors reflectors, boolean reversed) {
    this.reflectors = reflectors;
    this.reversed = reversed;
  }

  /** Begins with new reflectors. */
  void begin() {
    width = Kernels.reduction().reflectorCount(reflectors.rows());
  }

  /** How many reflectors a panel has. */
  int width() {
    return width;
  }

  /** How many panels there are. */
  int count() {
    return (reflectors.count() + width - 1) / width;
  }

  /** Makes room for so many panels. */
  void ensure(int places) {
    long columns = (long) places * width;
    v =
        Buffers.atLeast(
            v, ArraySize.of("reflectors", reflectors.rows(), columns, Reflectors.LOWER_ORDER));
    t = Buffers.atLeast(t, places * width * width);
  }

  /** Packs the reflectors from width·panel on, as many as there are, into a place for them. */
  void pack(int panel, int place) {
    int first = panel * width;
    int count = Math.min(width, reflectors.count() - first);
    int rows = reflectors.rows() - reflectors.top(first);
    int packed = packedStart(place, panel);
    if (count < width) {
      Arrays.fill(v, packed, packed + rows * width, 0);
    }
    Kernels.transposition()
        .transpose(
            rows,
            count,
            reflectors.vectors(),
            reflectors.start(first),
            reflectors.leadingDimension(),
            v,
            packed,
            width);
    for (int k = 1; k < count; k++) {
      for (int i = 0; i < k; i++) {
        v[packed + i * width + k] = 0;
      }
    }
    if (reversed) {
      reverseRows(rows, count, packed);
    }
    formT(place * width * width, first, count);
  }

  private int packedStart(int place, int panel) {
    return (place * reflectors.rows() + reflectors.top(panel * width)) * width;
  }

  private void reverseRows(int rows, int count, int packed) {
    for (int row = packed; row < packed + rows * width; row += width) {
      for (int i = row, j = row + count - 1; i < j; i++, j--) {
        double swap = v[i];
        v[i] = v[j];
        v[j] = swap;
      }
    }
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ. */
  private void formT(int small, int first, int count) {
    Arrays.fill(t, small, small + width * width, 0);
    for (int k = 0; k < count; k++) {
      int reflector = first + (reversed ? count - 1 - k : k);
      double tau = reflectors.tau(reflector);
      int column = small + k * width;
      for (int j = 0; j < k; j++) {
        t[column + j] = -tau * product(first + (reversed ? count - 1 - j : j), reflector);
      }
      // In place from the top: a row reads those below it.
      for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int i = j; i < k; i++) {
          sum += t[small + j + i * width] * t[column + i];
        }
        t[column + j] = sum;
      }
      t[column + k] = tau;
    }
  }

  private double product(int one, int other) {
    int shorter = Math.max(one, other);
    int longer = Math.min(one, other);
    double[] vectors = reflectors.vectors();
    int start = reflectors.start(longer) + shorter - longer;
    int length = reflectors.rows() - reflectors.top(shorter);
    return Kernels.level1().dot(length, vectors, start, vectors, reflectors.start(shorter));
  }

  /**
   * Applies a panel to a tile.
   *
   * @param panel its number
   * @param place where it is packed
   * @param columns of the tile
   * @param tile row after row, all of the reflectors' rows
   * @param offset where the tile starts
   */
  void apply(int panel, int place, int columns, double[] tile, int offset) {
    int row = reflectors.top(panel * width);
    Kernels.reduction()
        .applyReflectors(
            width,
            reflectors.rows() - row,
            columns,
            v,
            packedStart(place, panel),
            t,
            place * width * width,
            tile,
            offset + row * columns);
  }
}
