/** Gradients of eigendecompositions and singular value decompositions, and layers built on them. */
@org.jspecify.annotations.NullMarked
module eigengrad.grad {
  requires eigengrad.simd;
  requires transitive eigengrad.linalg;
  requires static org.jspecify;

  exports eigengrad.grad;
  exports eigengrad.grad.layers;
  exports eigengrad.grad.paper;
  exports eigengrad.grad.roots;
}
