/** Matrices, symmetric eigendecomposition and power iteration. */
@org.jspecify.annotations.NullMarked
module eigengrad.linalg {
  requires eigengrad.simd;
  requires static org.jspecify;

  exports eigengrad.linalg;
  exports eigengrad.linalg.parallel to
      eigengrad.grad;
}
