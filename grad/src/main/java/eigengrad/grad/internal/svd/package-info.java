/** Gradients through singular vectors, and functions of singular values. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.svd;
