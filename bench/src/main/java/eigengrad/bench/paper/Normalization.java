package eigengrad.bench.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The network's normalisation layer, the part that the experiment exchanges.
 *
 * <p>Features are a column-major matrix {@code channels × samples}. Returned arrays stay valid
 * until the layer's next call; given arrays are not written to.
 */
interface Normalization {

  /** What training adjusts, in a fixed order. */
  List<Parameter> parameters();

  /**
   * Normalises with the statistics of this batch and updates the running ones.
   *
   * @throws NotFiniteException if the statistics or their decomposition are not finite
   */
  Pass forward(double[] features, int channels, int samples);

  /** Normalises with the running statistics. */
  double[] infer(double[] features, int channels, int samples);

  /**
   * Writes all that training changes.
   *
   * @throws IOException if the stream does
   */
  void save(OutputStream target) throws IOException;

  /**
   * Goes on from what a layer of the same kind has {@link #save saved}.
   *
   * @throws IOException if the stream does
   */
  void restore(InputStream source) throws IOException;

  /** One forward computation in training. */
  interface Pass {

    /** The normalised features. */
    double[] output();

    /**
     * The gradients of a loss, given that of the output.
     *
     * @throws NotFiniteException if a gradient is found not to be finite
     */
    Gradient backward(double[] outputGradient);
  }

  /**
   * The gradients of a loss.
   *
   * @param input of the features
   * @param parameters of the parameters, in their order
   */
  record Gradient(double[] input, List<double[]> parameters) {}

  /** Makes the layer for one run. */
  @FunctionalInterface
  interface Factory {

    /** A layer in its initial state, for so many channels. */
    Normalization create(int channels, RunSettings settings);
  }
}
