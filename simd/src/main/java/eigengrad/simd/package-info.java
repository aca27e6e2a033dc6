/**
 * Kernels on column-major {@code double[]} storage.
 *
 * <p>Conventions, said once:
 *
 * <ul>
 *   <li>Element (i, j) of a matrix {@code a} with leading dimension {@code lda} lies at {@code
 *       a[aOffset + i + j * lda]}.
 *   <li>A vector of length n lies at {@code x[xOffset] … x[xOffset + n − 1]}: unit stride, always.
 *   <li>A symmetric matrix is given by its lower triangle; the strict upper one is neither read nor
 *       written.
 *   <li>Operands never overlap unless a method says they may.
 *   <li>β = 0 means "overwrite": what the output held before, NaN included, is not read.
 *   <li>Kernels trust their arguments (the public API above them checks) and allocate nothing.
 * </ul>
 */
package eigengrad.simd;
