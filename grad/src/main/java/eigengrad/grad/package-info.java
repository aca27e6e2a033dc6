/**
 * Gradients of symmetric eigendecompositions and of singular value decompositions, and of what is
 * computed from them. Layers built on them are in {@link eigengrad.grad.layers}.
 *
 * <p>L is a scalar loss. For a quantity X of the forward pass the cotangent ∂L/∂X has X's shape.
 * ∂L/∂M for a symmetric M is given as a symmetric matrix, so that dL = ⟨∂L/∂M, dM⟩ for every
 * symmetric dM.
 *
 * <p>A forward pass returns an immutable object that keeps what its {@code backward} needs; calling
 * {@code backward} twice, or on two passes in any order, is fine.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.grad;
