/** Separated singular values of a bidiagonal matrix, through the Golub-Kahan matrix. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.golubkahan;
