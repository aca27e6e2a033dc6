/** The statistics, products and states of layers. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.layers;
