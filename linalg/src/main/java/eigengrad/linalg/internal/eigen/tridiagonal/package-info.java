/** From a dense symmetric matrix to a tridiagonal one, and its eigenvectors back. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.eigen.tridiagonal;
