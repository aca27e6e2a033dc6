/** Eigenvalues and eigenvectors of symmetric tridiagonal matrices. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.eigen.conquer;
