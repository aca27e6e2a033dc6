/** Singular value decomposition by one-sided Jacobi rotations. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.jacobi;
