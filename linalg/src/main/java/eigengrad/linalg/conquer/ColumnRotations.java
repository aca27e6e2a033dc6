package eigengrad.linalg.conquer;

import eigengrad.simd.Kernels;

/**
 * Plane rotations applied to columns of a matrix of vectors.
 *
 * @param n rows and columns
 * @param vectors n×n, updated
 */
record ColumnRotations(int n, double[] vectors) {

  /** (column p, column q) ← (c·p + s·q, c·q − s·p). */
  void apply(int p, int q, double c, double s) {
    Kernels.active().rotate(n, vectors, p * n, vectors, q * n, c, s);
  }
}
