package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

/** Householder reduction of one matrix of a lane block, as {@code BatchBidiagonalization}. */
final class ScalarBatchBidiagonalization {
  private ScalarBatchBidiagonalization() {}

  static void reduce(
      int m, int n, double[] a, double[] d, double[] e, double[] v, double[] work, int lane) {
    int stride = columnStride(m);
    for (int k = 0; k < n; k++) {
      int corner = lane + k * (stride + PAIR);
      int tau = lane + k * PAIR;
      d[tau] = ScalarBatchHouseholder.reflector(m - k, a, corner, work, tau);
      reflectColumns(m - k, n - k - 1, stride, a, corner, work[tau]);
      if (k < n - 2) {
        int z = lane + k * (columnStride(n) + PAIR) + PAIR;
        for (int j = 0; j < n - k - 1; j++) {
          v[z + j * PAIR] = a[corner + (j + 1) * stride];
        }
        e[tau + PAIR] = ScalarBatchHouseholder.reflector(n - k - 1, v, z, v, z - PAIR);
        reflectRows(m - k - 1, n - k - 1, stride, a, corner + stride + PAIR, v, z);
      } else if (k == n - 2) {
        e[tau + PAIR] = a[corner + stride];
      }
    }
    e[lane] = 0;
  }

  /** U in the place of the reflectors from the left. */
  static void formU(int m, int n, double[] a, double[] work, int lane) {
    int stride = columnStride(m);
    for (int k = n - 1; k >= 0; k--) {
      int corner = lane + k * (stride + PAIR);
      double tau = work[lane + k * PAIR];
      for (int j = 1; j < n - k; j++) {
        a[corner + j * stride] = 0;
      }
      reflectColumns(m - k, n - k - 1, stride, a, corner, tau);
      double factor = -tau * a[corner];
      a[corner] = multiplyAdd(factor, a[corner], 1);
      for (int i = corner + PAIR; i < corner + (m - k) * PAIR; i += PAIR) {
        a[i] *= factor;
      }
    }
  }

  /** Columns to the right of v, from its first row down, become (I − τvvᵀ) times themselves. */
  private static void reflectColumns(
      int rows, int columns, int stride, double[] a, int v, double tau) {
    for (int j = 1; j <= columns; j++) {
      int column = v + j * stride;
      double product = 0;
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        product = multiplyAdd(a[v + i], a[column + i], product);
      }
      double factor = -tau * product;
      for (int i = 0; i < rows * PAIR; i += PAIR) {
        a[column + i] = multiplyAdd(a[v + i], factor, a[column + i]);
      }
    }
  }

  /** A ← A(I − τzzᵀ), with τ before z. */
  private static void reflectRows(
      int rows, int columns, int stride, double[] a, int first, double[] v, int z) {
    for (int row = first; row < first + rows * PAIR; row += PAIR) {
      double product = 0;
      for (int j = 0; j < columns; j++) {
        product = multiplyAdd(v[z + j * PAIR], a[row + j * stride], product);
      }
      double factor = -v[z - PAIR] * product;
      for (int j = 0; j < columns; j++) {
        int at = row + j * stride;
        a[at] = multiplyAdd(v[z + j * PAIR], factor, a[at]);
      }
    }
  }
}
