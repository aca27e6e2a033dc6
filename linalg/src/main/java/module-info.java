/**
 * Matrices, symmetric eigendecomposition, singular value decomposition and power iteration, and the
 * statistics that are made of them.
 */
@SuppressWarnings("module") // grad is compiled later
@org.jspecify.annotations.NullMarked
module eigengrad.linalg {
  requires eigengrad.simd;
  requires static org.jspecify;

  exports eigengrad.linalg;
  exports eigengrad.linalg.statistics;
  exports eigengrad.linalg.internal.support to
      eigengrad.grad;
}
