/** From a dense matrix to a bidiagonal one. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.bidiagonal;
