/** Many small eigenproblems of one order, one matrix a SIMD lane. */
@NullMarked
package eigengrad.linalg.internal.eigen.batch;

import org.jspecify.annotations.NullMarked;
