package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.simd.DoubleFormat;

/** An eigenvector by twisted factorisation. A row of the work array holds three numbers. */
final class TwistedVector {
  /** Multipliers of LDLᵀ; later the vector above and at the twist. */
  private static final int DOWN = 0;

  /** Multipliers of UDUᵀ; later the vector below the twist, one row too high. */
  private static final int UP = 1;

  /** Pivots of LDLᵀ; later 1 in the twist's row and 0 elsewhere. */
  private static final int PIVOT = 2;

  private static final int ROW = 3;

  private TwistedVector() {}

  /** LDLᵀ from the top and UDUᵀ from the bottom. */
  static void factorise(
      int n, double[] d, int dOffset, double[] e, int eOffset, double shift, double[] work) {
    double top = d[dOffset] - shift + DoubleFormat.TINY_PIVOT;
    for (int i = 0; i < n - 1; i++) {
      double below = e[eOffset + i];
      double down = -below / top;
      work[i * ROW + PIVOT] = top;
      work[i * ROW + DOWN] = down;
      top = multiplyAdd(below, down, d[dOffset + i + 1] - shift) + DoubleFormat.TINY_PIVOT;
    }
    work[(n - 1) * ROW + PIVOT] = top;
    double bottom = d[dOffset + n - 1] - shift + DoubleFormat.TINY_PIVOT;
    for (int i = n - 2; i >= 0; i--) {
      double above = e[eOffset + i];
      double up = -above / bottom;
      work[i * ROW + UP] = up;
      bottom = multiplyAdd(above, up, d[dOffset + i] - shift) + DoubleFormat.TINY_PIVOT;
    }
  }

  /**
   * Finds the row of the smallest |γ| and puts a 1 there in place of the pivot, and 0 in the
   * others.
   *
   * @return that γ without its last bits, which are twice the row's index and the sign
   */
  static long chooseTwist(int n, double[] e, int eOffset, double[] work) {
    long key = key(n);
    // γᵢ is the pivot of the factorisation that is twisted at row i; γₙ₋₁ is the last of LDLᵀ.
    long smallest = keyed(work[(n - 1) * ROW + PIVOT], n - 1, key);
    work[(n - 1) * ROW + PIVOT] = 0;
    for (int i = n - 2; i >= 0; i--) {
      int row = i * ROW;
      double gamma = multiplyAdd(e[eOffset + i], work[row + UP], work[row + PIVOT]);
      smallest = Math.min(smallest, keyed(gamma, i, key));
      work[row + PIVOT] = 0;
    }
    work[(int) (smallest & key) / 2 * ROW + PIVOT] = 1;
    return smallest;
  }

  /** The low bits of |γ| that make room for twice the index of its row, and its sign. */
  private static long key(int n) {
    return (Long.highestOneBit(2L * n - 1) << 1) - 1;
  }

  private static long keyed(double gamma, int index, long key) {
    long bits = Double.doubleToRawLongBits(gamma);
    return (bits & DoubleFormat.MAGNITUDE & ~key) | 2L * index | bits >>> 63;
  }

  /** The γ that was chosen. */
  static double gamma(int n, long smallest) {
    return Double.longBitsToDouble((smallest & DoubleFormat.MAGNITUDE & ~key(n)) | smallest << 63);
  }

  /**
   * Computes the vector from the twist's row, where it is 1, to both ends. What runs past the twist
   * is 0.
   *
   * @return its squared norm
   */
  static double substitute(int n, double[] work) {
    int last = (n - 1) * ROW;
    double up = work[last + PIVOT];
    double upSquares = up * up;
    work[last + DOWN] = up;
    for (int row = last - ROW; row >= 0; row -= ROW) {
      up = multiplyAdd(up, work[row + DOWN], work[row + PIVOT]);
      work[row + DOWN] = up;
      upSquares = multiplyAdd(up, up, upSquares);
    }
    double down = work[PIVOT];
    double downSquares = 0;
    for (int row = 0; row < last; row += ROW) {
      double unit = work[row + ROW + PIVOT];
      down = multiplyAdd(down, work[row + UP], unit);
      double product = down - unit;
      work[row + UP] = product;
      downSquares = multiplyAdd(product, product, downSquares);
    }
    return upSquares + downSquares;
  }

  /** Elements too small to count must not become subnormal: every use of such a one is slow. */
  static void write(int n, double inverseNorm, double[] work, double[] z, int column, int ldz) {
    z[column] = (work[DOWN] + DoubleFormat.GUARD - DoubleFormat.GUARD) * inverseNorm;
    for (int i = 1; i < n; i++) {
      double element = work[i * ROW + DOWN] + work[(i - 1) * ROW + UP];
      z[column + i * ldz] = (element + DoubleFormat.GUARD - DoubleFormat.GUARD) * inverseNorm;
    }
  }
}
