/**
 * Square roots of matrices without a decomposition, with gradients by a Lyapunov equation: to
 * compare with the exact {@link eigengrad.grad.SpectralFunction#squareRoot()}.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.roots;
