/**
 * The methods that <i>Backpropagation-Friendly Eigendecomposition</i> compares, as it has them: to
 * reproduce its figures and for comparison. For a gradient, {@link eigengrad.grad.EigenGradient} is
 * more accurate and faster.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.paper;
