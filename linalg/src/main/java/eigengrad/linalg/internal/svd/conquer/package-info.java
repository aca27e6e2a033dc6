/** The singular value decomposition of a bidiagonal matrix: QR iteration, divide and conquer. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.conquer;
