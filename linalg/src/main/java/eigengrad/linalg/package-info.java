/**
 * Symmetric eigendecomposition, singular value decomposition and power iteration.
 *
 * <p>The way of a matrix, one class per arrow: {@link eigengrad.linalg.DenseMatrix} → {@link
 * eigengrad.linalg.SymmetricEigen} → scale → tridiagonalise → solve the tridiagonal problem →
 * back-transform → unscale → {@link eigengrad.linalg.Eigendecomposition}. Beside it: {@link
 * eigengrad.linalg.DenseMatrix} → {@link eigengrad.linalg.Svd} → scale → (make triangular) → make
 * bidiagonal → solve the bidiagonal problem → back-transform → unscale → {@link
 * eigengrad.linalg.SingularValueDecomposition}.
 *
 * <p>Conventions:
 *
 * <ul>
 *   <li>Matrices are column-major; inside, a symmetric matrix is its lower triangle.
 *   <li>Eigenvalues ascend; eigenvector j is column j; of its components the one largest in
 *       magnitude (the first of them, if several are) is positive.
 *   <li>Singular values descend; column j of U and column j of V, not of Vᵀ, belong to the j-th. A
 *       left vector has the sign that an eigenvector has, and its right vector follows.
 *   <li>u' = 2⁻⁵² is the spacing of doubles at 1.
 *   <li>Arguments are never modified. A caller's mistake is an {@link
 *       java.lang.IllegalArgumentException} that names the argument, the expected and the actual.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg;
