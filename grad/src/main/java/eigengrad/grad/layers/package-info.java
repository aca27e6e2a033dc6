/**
 * Layers of neural networks that are made of an eigendecomposition: features in, features out, and
 * the gradient of a loss the other way.
 *
 * <p>Features X are a C×N matrix: one row per channel, one column per sample; each pixel of an
 * image is a sample of its own. {@link eigengrad.grad.layers.Nchw} takes them from the arrays of
 * deep-learning frameworks and back.
 *
 * <p>In training a layer uses the statistics of the batch at hand and keeps {@linkplain
 * eigengrad.grad.layers.Averaging running averages} of them; in inference it uses the averages. A
 * call that throws leaves a layer as it was.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.layers;
