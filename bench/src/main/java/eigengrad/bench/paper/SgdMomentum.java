package eigengrad.bench.paper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay.
 *
 * <p>For a parameter w with gradient g, v ← μv + g + λw and w ← w − ηv: momentum μ, decay λ (0 for
 * parameters that do not decay), learning rate η. The velocity v starts at zero.
 */
final class SgdMomentum {
  /** The paper's μ. */
  static final double MOMENTUM = 0.9;

  /** The paper's λ. */
  static final double WEIGHT_DECAY = 5e-4;

  private final List<Parameter> parameters;
  private final List<double[]> velocities = new ArrayList<>();

  SgdMomentum(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      velocities.add(new double[parameter.values().length]);
    }
  }

  /** Writes the velocities; the parameters are the network's. */
  void save(DataOutputStream out) throws IOException {
    for (double[] velocity : velocities) {
      Numbers.write(out, velocity);
    }
  }

  /** Goes on from what was {@link #save saved}. */
  void restore(DataInputStream in) throws IOException {
    for (double[] velocity : velocities) {
      Numbers.read(in, velocity);
    }
  }

  /**
   * Moves every parameter.
   *
   * @param gradients one a parameter, in their order
   * @param learningRate η
   */
  void step(List<double[]> gradients, double learningRate) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "gradients: expected %d, got %d".formatted(parameters.size(), gradients.size()));
    }
    for (int p = 0; p < parameters.size(); p++) {
      double decay = parameters.get(p).decays() ? WEIGHT_DECAY : 0;
      double[] values = parameters.get(p).values();
      double[] velocity = velocities.get(p);
      double[] gradient = gradients.get(p);
      for (int i = 0; i < values.length; i++) {
        velocity[i] = MOMENTUM * velocity[i] + gradient[i] + decay * values[i];
        values[i] -= learningRate * velocity[i];
      }
    }
  }
}
