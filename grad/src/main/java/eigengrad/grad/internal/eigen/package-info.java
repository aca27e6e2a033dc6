/** Gradients through eigenvectors: which eigenvalues tie, what stands for 1/gap, the products. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.eigen;
