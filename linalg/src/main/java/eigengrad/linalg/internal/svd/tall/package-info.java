/** QR factorisation of matrices much higher than wide, by matrix products. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.tall;
