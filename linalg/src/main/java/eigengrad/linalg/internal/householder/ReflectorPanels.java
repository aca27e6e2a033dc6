package eigengrad.linalg.internal.householder;

import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Reflectors in panels of four: HᵢHᵢ₊₁Hᵢ₊₂Hᵢ₊₃ = I − VTVᵀ with T upper triangular, packed as the
 * kernel wants V. In reversed panels the same four follow each other the other way round: their
 * product is the transpose.
 *
 * <p>Source: R. Schreiber and C. F. Van Loan, <i>A Storage-Efficient WY Representation for Products
 * of Householder Transformations</i>, SIAM J. Sci. Stat. Comput. 10 (1989).
 */
final class ReflectorPanels {
  static final int WIDTH = 4;

  private final Reflectors reflectors;
  private final boolean reversed;

  /** V of panel after panel, each with all rows, those above its first reflector unused. */
  private double[] v = {};

  private double[] t = {};

  ReflectorPanels(Reflectors reflectors, boolean reversed) {
    this.reflectors = reflectors;
    this.reversed = reversed;
  }

  /** Makes room for panels 0 … count − 1. */
  void ensure(int count) {
    long columns = (long) count * WIDTH;
    v =
        Buffers.atLeast(
            v, ArraySize.of("reflectors", reflectors.rows(), columns, Reflectors.LOWER_ORDER));
    t = Buffers.atLeast(t, count * WIDTH * WIDTH);
  }

  /** Packs the reflectors from 4·panel on, as many as there are, into a place for them. */
  void pack(int panel, int place) {
    int first = panel * WIDTH;
    int count = Math.min(WIDTH, reflectors.count() - first);
    int rows = reflectors.rows() - reflectors.top(first);
    int packed = packedStart(place, panel);
    if (count < WIDTH) {
      Arrays.fill(v, packed, packed + rows * WIDTH, 0);
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
            WIDTH);
    for (int k = 1; k < count; k++) {
      for (int i = 0; i < k; i++) {
        v[packed + i * WIDTH + k] = 0;
      }
    }
    if (reversed) {
      reverseRows(rows, count, packed);
    }
    formT(place * WIDTH * WIDTH, first, count);
  }

  private int packedStart(int place, int panel) {
    return (place * reflectors.rows() + reflectors.top(panel * WIDTH)) * WIDTH;
  }

  private void reverseRows(int rows, int count, int packed) {
    for (int row = packed; row < packed + rows * WIDTH; row += WIDTH) {
      for (int i = row, j = row + count - 1; i < j; i++, j--) {
        double swap = v[i];
        v[i] = v[j];
        v[j] = swap;
      }
    }
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ. */
  private void formT(int small, int first, int count) {
    Arrays.fill(t, small, small + WIDTH * WIDTH, 0);
    for (int k = 0; k < count; k++) {
      int reflector = first + (reversed ? count - 1 - k : k);
      double tau = reflectors.tau(reflector);
      int column = small + k * WIDTH;
      for (int j = 0; j < k; j++) {
        t[column + j] = -tau * product(first + (reversed ? count - 1 - j : j), reflector);
      }
      // In place from the top: a row reads those below it.
      for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int i = j; i < k; i++) {
          sum += t[small + j + i * WIDTH] * t[column + i];
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
    int row = reflectors.top(panel * WIDTH);
    Kernels.reduction()
        .applyReflectors(
            reflectors.rows() - row,
            columns,
            v,
            packedStart(place, panel),
            t,
            place * WIDTH * WIDTH,
            tile,
            offset + row * columns);
  }
}
