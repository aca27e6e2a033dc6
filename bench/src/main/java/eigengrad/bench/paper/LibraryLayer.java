package eigengrad.bench.paper;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A layer of the library as the network's normalisation.
 *
 * <p>Where single-precision code would carry on with a NaN, the library throws; either ends the
 * run.
 */
final class LibraryLayer implements Normalization {
  private final String name;
  private final double[] weight;
  private final double[] bias;
  private final Function<DenseMatrix, LayerPass> forward;
  private final UnaryOperator<DenseMatrix> infer;
  private final Saving saving;
  private final Restoring restoring;

  private LibraryLayer(
      String name,
      double[] weight,
      double[] bias,
      Function<DenseMatrix, LayerPass> forward,
      UnaryOperator<DenseMatrix> infer,
      Saving saving,
      Restoring restoring) {
    this.name = name;
    this.weight = weight;
    this.bias = bias;
    this.forward = forward;
    this.infer = infer;
    this.saving = saving;
    this.restoring = restoring;
  }

  static LibraryLayer of(String name, ZcaWhitening layer) {
    return new LibraryLayer(
        name,
        layer.weight(),
        layer.bias(),
        layer::forward,
        layer::infer,
        layer::save,
        layer::restore);
  }

  static LibraryLayer of(String name, PcaDenoising layer) {
    return new LibraryLayer(
        name,
        layer.weight(),
        layer.bias(),
        layer::forward,
        layer::infer,
        layer::save,
        layer::restore);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter(name + " weight", weight, false), new Parameter(name + " bias", bias, false));
  }

  @Override
  public Pass forward(double[] features, int channels, int samples) {
    DenseMatrix x = matrix(features, channels, samples);
    return new LibraryPass(named("features before " + name, x, () -> forward.apply(x)));
  }

  @Override
  public double[] infer(double[] features, int channels, int samples) {
    DenseMatrix x = matrix(features, channels, samples);
    return named("features before " + name, x, () -> infer.apply(x)).columnMajor();
  }

  @Override
  public void save(OutputStream target) throws IOException {
    saving.save(target);
  }

  @Override
  public void restore(InputStream source) throws IOException {
    restoring.restore(source);
  }

  private static DenseMatrix matrix(double[] values, int rows, int columns) {
    return values.length == rows * columns
        ? DenseMatrix.wrap(rows, columns, values)
        : DenseMatrix.wrap(rows, columns, Arrays.copyOf(values, rows * columns));
  }

  /** Tells of a number that is not finite as the experiment does: in the argument, or computed. */
  private <T> T named(String argumentName, DenseMatrix argument, Supplier<T> work) {
    try {
      return work.get();
    } catch (NonFiniteException e) {
      throw new NotFiniteException(name + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      double[] values = argument.columnMajor();
      double largest = Kernels.level1().maxAbs(values.length, values, 0);
      if (!Double.isFinite(largest)) {
        throw new NotFiniteException(argumentName + " reach " + largest);
      }
      throw e;
    }
  }

  /** Writes a layer's state. */
  @FunctionalInterface
  private interface Saving {
    void save(OutputStream target) throws IOException;
  }

  /** Reads a layer's state. */
  @FunctionalInterface
  private interface Restoring {
    void restore(InputStream source) throws IOException;
  }

  /** One training pass through the layer. */
  private final class LibraryPass implements Pass {
    private final LayerPass pass;

    LibraryPass(LayerPass pass) {
      this.pass = pass;
    }

    @Override
    public double[] output() {
      return pass.output().columnMajor();
    }

    @Override
    public Gradient backward(double[] outputGradient) {
      DenseMatrix output = pass.output();
      DenseMatrix dy = matrix(outputGradient, output.rows(), output.columns());
      LayerGradient gradient = named("gradient after " + name, dy, () -> pass.backward(dy));
      return new Gradient(
          gradient.input().columnMajor(), List.of(gradient.weight(), gradient.bias()));
    }
  }
}
