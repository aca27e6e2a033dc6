/** From a dense symmetric matrix to a tridiagonal one. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.eigen.tridiagonal;
