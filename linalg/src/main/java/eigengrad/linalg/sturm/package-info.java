/**
 * Eigenpairs one by one, many at a time: eigenvalues by Sturm counts and Laguerre's method,
 * eigenvectors by twisted factorisations, one eigenvalue a SIMD lane.
 */
@NullMarked
package eigengrad.linalg.sturm;

import org.jspecify.annotations.NullMarked;
