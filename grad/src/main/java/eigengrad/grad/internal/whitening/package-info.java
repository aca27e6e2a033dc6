/** The statistics and products of a whitening layer. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.whitening;
