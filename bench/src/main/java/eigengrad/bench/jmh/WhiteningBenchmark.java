package eigengrad.bench.jmh;

import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whitening layer on 64 channels and 16,384 samples, as in the experiment, beside the same
 * computed operation by operation: {@code --only Whitening}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class WhiteningBenchmark {
  /** C. */
  public static final int CHANNELS = 64;

  /** N. */
  public static final int SAMPLES = 64 * 16 * 16;

  /** The layer divides by √(λ + ε). */
  private static final double TOLERANCE = 1e-3;

  /** Channels whitened together. */
  @Param({"4", "16", "64"})
  int group;

  private ZcaWhitening layer;
  private DenseMatrix features;
  private DenseMatrix cotangent;
  private LayerPass pass;
  private DenseMatrix[] groupFeatures;
  private DenseMatrix[] groupCotangents;
  private OperationwiseWhitening[] groupPasses;

  /** Checks that every channel of the output has variance 1. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    double[] normal = random.doubles((long) CHANNELS * SAMPLES, -1, 1).toArray();
    features = DenseMatrix.wrap(CHANNELS, SAMPLES, normal);
    cotangent = features.times(0.5);
    groupFeatures = groups(features);
    groupCotangents = groups(cotangent);
    groupPasses = forwardByOperations();
    layer = new ZcaWhitening(WhiteningSettings.of(CHANNELS, group));
    pass = forward();
    DenseMatrix output = pass.output();
    DenseMatrix covariance = output.times(output.transpose()).times(1.0 / SAMPLES);
    for (int channel = 0; channel < CHANNELS; channel++) {
      double variance = covariance.get(channel, channel);
      if (!(Math.abs(variance - 1) <= TOLERANCE)) {
        throw new IllegalStateException("channel %d: %s".formatted(channel, variance));
      }
    }
  }

  /**
   * A training step's forward pass.
   *
   * @return the pass
   */
  @Benchmark
  public LayerPass forward() {
    return layer.forward(features);
  }

  /**
   * Its backward pass.
   *
   * @return gradients of input, weight and bias
   */
  @Benchmark
  public LayerGradient backward() {
    return pass.backward(cotangent);
  }

  /**
   * The forward pass as a chain of tensor operations.
   *
   * @return a pass for each group
   */
  @Benchmark
  @SuppressWarnings("exports") // JMH only consumes it
  public OperationwiseWhitening[] forwardByOperations() {
    double[] ones = new double[group];
    Arrays.fill(ones, 1);
    OperationwiseWhitening[] passes = new OperationwiseWhitening[groupFeatures.length];
    Arrays.setAll(
        passes, g -> new OperationwiseWhitening(groupFeatures[g], ones, new double[group]));
    return passes;
  }

  /**
   * Its backward pass.
   *
   * @return gradients for each group
   */
  @Benchmark
  @SuppressWarnings("exports") // JMH only consumes it
  public OperationwiseWhitening.Gradient[] backwardByOperations() {
    OperationwiseWhitening.Gradient[] gradients =
        new OperationwiseWhitening.Gradient[groupPasses.length];
    Arrays.setAll(gradients, g -> groupPasses[g].backward(groupCotangents[g]));
    return gradients;
  }

  /** The rows of each group. */
  private DenseMatrix[] groups(DenseMatrix whole) {
    DenseMatrix[] groups = new DenseMatrix[CHANNELS / group];
    for (int g = 0; g < groups.length; g++) {
      double[] rows = new double[group * SAMPLES];
      for (int s = 0; s < SAMPLES; s++) {
        System.arraycopy(whole.columnMajor(), s * CHANNELS + g * group, rows, s * group, group);
      }
      groups[g] = DenseMatrix.wrap(group, SAMPLES, rows);
    }
    return groups;
  }
}
