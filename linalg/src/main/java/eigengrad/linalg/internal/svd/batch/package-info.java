/** Singular value decompositions of many small matrices, one per lane. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.svd.batch;
