package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The whitening layer on 64 channels and 1024 samples: {@code --only Whitening}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class WhiteningBenchmark {
  private static final int CHANNELS = 64;
  private static final int SAMPLES = 1024;

  /** The layer divides by √(λ + ε). */
  private static final double TOLERANCE = 1e-3;

  /** Channels whitened together. */
  @Param({"4", "16", "64"})
  int group;

  private ZcaWhitening layer;
  private DenseMatrix features;
  private DenseMatrix cotangent;
  private LayerPass pass;

  /** Checks that every channel of the output has variance 1. */
  @Setup
  public void prepare() {
    double[] normal = Workload.GEMM.matrix(SAMPLES, 1);
    features = DenseMatrix.of(CHANNELS, SAMPLES, Arrays.copyOf(normal, CHANNELS * SAMPLES));
    cotangent = features.times(0.5);
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
}
