package eigengrad.linalg;

/** How many singular vectors of an m×n matrix there are, k = min(m, n). */
public enum SvdShape {
  /** U is m×k and V is n×k. */
  THIN,

  /** U is m×m and V is n×n: beyond column k, orthonormal bases of what A and Aᵀ map to zero. */
  FULL
}
