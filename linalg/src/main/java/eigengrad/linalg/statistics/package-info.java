/**
 * Models fitted to samples: {@linkplain eigengrad.linalg.statistics.Pca principal components} and
 * {@linkplain eigengrad.linalg.statistics.Whitening whitening}.
 *
 * <p>A package of its own, since its words are those of statistics: samples, variances, components;
 * nothing in {@code eigengrad.linalg} knows it. It has no gradients; layers with them are in grad.
 *
 * <p>Conventions:
 *
 * <ul>
 *   <li>A sample is a column: N samples of d features are a d×N matrix. Rows that lie one after the
 *       other in an array, as most frameworks hold them, are {@code DenseMatrix.wrap(d, N, array)},
 *       or {@code DenseMatrix.of(d, N, floats)}.
 *   <li>Variances descend, and are divided by N − 1; with weights, by Σw − 1.
 *   <li>Axis j is column j; of its elements the one largest in magnitude is positive.
 *   <li>A model is immutable: any number of threads may use it.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.statistics;
