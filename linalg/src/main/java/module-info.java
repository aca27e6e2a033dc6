/** Matrices, symmetric eigendecomposition, singular value decomposition and power iteration. */
@SuppressWarnings("module") // grad is compiled later
@org.jspecify.annotations.NullMarked
module eigengrad.linalg {
  requires eigengrad.simd;
  requires static org.jspecify;

  exports eigengrad.linalg;
  exports eigengrad.linalg.internal.support to
      eigengrad.grad;
}
