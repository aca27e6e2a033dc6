package eigengrad.simd;

/** The families of a {@link KernelSet}. */
enum KernelFamily {
  LEVEL1,
  LEVEL2,
  LEVEL3,
  TRANSPOSITION,
  REDUCTION,
  TRIDIAGONAL,
  BATCH_SOLVER,
  BATCH_SVD,
  BATCH_PRODUCTS
}
