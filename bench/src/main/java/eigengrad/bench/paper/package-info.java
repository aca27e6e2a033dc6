/**
 * The experiments of <i>Backpropagation-Friendly Eigendecomposition</i> (NeurIPS 2019): a small
 * network with a ZCA whitening layer, trained with each of the paper's three gradients.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.paper;
