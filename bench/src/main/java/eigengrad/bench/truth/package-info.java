/**
 * The truth beside the paper: what each route's gradient is worth, against the exact one, where
 * eigenvalues meet. Nothing here is aware of the network that is trained.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.truth;
