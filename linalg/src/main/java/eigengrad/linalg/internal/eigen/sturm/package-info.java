/**
 * Eigenpairs one by one, many at a time: eigenvalues by Sturm counts and Laguerre's method,
 * eigenvectors by twisted factorisations, one eigenvalue per SIMD lane, or by inverse iteration.
 */
@NullMarked
package eigengrad.linalg.internal.eigen.sturm;

import org.jspecify.annotations.NullMarked;
