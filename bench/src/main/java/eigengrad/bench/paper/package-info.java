/**
 * The experiments of <i>Backpropagation-Friendly Eigendecomposition</i> (NeurIPS 2019): a small
 * network with a layer of whitening or denoising, trained with each way to differentiate it, and
 * the program that runs them beside those of {@link eigengrad.bench.truth}.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.paper;
