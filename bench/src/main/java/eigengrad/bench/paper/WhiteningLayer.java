package eigengrad.bench.paper;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The library's ZCA whitening as the network's normalisation, with the authors' constants and
 * averages, and K = 19 iterations.
 *
 * <p>Where single-precision code would carry on with a NaN, the library throws; either ends the
 * run.
 */
final class WhiteningLayer implements Normalization {
  private static final int ITERATIONS = 19;

  /** The authors' ε. */
  static final double EPSILON = 1e-4;

  private final ZcaWhitening layer;

  /**
   * A layer in its initial state.
   *
   * @param channels of the features
   * @param settings of the run
   */
  WhiteningLayer(int channels, RunSettings settings) {
    this(channels, settings, new EigenInverseSquareRoot(eigen(settings), settings.retention()));
  }

  /**
   * A layer in its initial state that whitens by a given root.
   *
   * @param channels of the features
   * @param settings of the run; its method and retention are not asked
   * @param root of the covariances
   */
  WhiteningLayer(int channels, RunSettings settings, InverseSquareRoot root) {
    this.layer = new ZcaWhitening(WhiteningSettings.ofPaper(channels, settings.groupSize()), root);
  }

  private static DifferentiableEigen eigen(RunSettings settings) {
    return switch (settings.method()) {
      case SVD -> DifferentiableEigen.analytic(settings.precision());
      case OURS -> DifferentiableEigen.hybrid(ITERATIONS, settings.precision());
      case PI -> {
        RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(settings.seed());
        yield DifferentiableEigen.deflatedPowerIteration(ITERATIONS, random, settings.precision());
      }
    };
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("whitening weight", layer.weight(), false),
        new Parameter("whitening bias", layer.bias(), false));
  }

  @Override
  public Pass forward(double[] features, int channels, int samples) {
    DenseMatrix x = matrix("features before whitening", features, channels, samples);
    try {
      return new WhiteningPass(layer.forward(x));
    } catch (NonFiniteException e) {
      throw new NotFiniteException("whitening: " + e.getMessage());
    }
  }

  @Override
  public double[] infer(double[] features, int channels, int samples) {
    DenseMatrix x = matrix("features before whitening", features, channels, samples);
    try {
      return layer.infer(x).columnMajor();
    } catch (NonFiniteException e) {
      throw new NotFiniteException("whitening: " + e.getMessage());
    }
  }

  /** The features as the library takes them: exactly as many as there are, and finite. */
  private static DenseMatrix matrix(String name, double[] values, int rows, int columns) {
    double largest = Kernels.level1().maxAbs(rows * columns, values, 0);
    if (!Double.isFinite(largest)) {
      throw new NotFiniteException(name + " reach " + largest);
    }
    return values.length == rows * columns
        ? DenseMatrix.wrap(rows, columns, values)
        : DenseMatrix.wrap(rows, columns, Arrays.copyOf(values, rows * columns));
  }

  /** One training pass through the layer. */
  private record WhiteningPass(LayerPass pass) implements Pass {
    @Override
    public double[] output() {
      return pass.output().columnMajor();
    }

    @Override
    public Gradient backward(double[] outputGradient) {
      DenseMatrix output = pass.output();
      DenseMatrix dy =
          matrix("gradient after whitening", outputGradient, output.rows(), output.columns());
      try {
        LayerGradient gradient = pass.backward(dy);
        return new Gradient(
            gradient.input().columnMajor(), List.of(gradient.weight(), gradient.bias()));
      } catch (NonFiniteException e) {
        throw new NotFiniteException("whitening: " + e.getMessage());
      }
    }
  }
}
