/** Gradients and functions of batches, one matrix per SIMD lane. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.batch;
