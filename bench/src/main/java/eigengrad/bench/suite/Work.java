package eigengrad.bench.suite;

import eigengrad.bench.jmh.ProbeBenchmark;
import eigengrad.bench.jmh.WhiteningBenchmark;

/**
 * Arithmetic and memory traffic of a call, counted as the definition says and not as it is done:
 * flops of the method that is usually meant, and bytes of arguments read and results written once.
 * 0 where there is no such count.
 *
 * @param flops floating-point operations, a division being one
 * @param bytes compulsory traffic
 */
record Work(double flops, double bytes) {
  private static final Work UNKNOWN = new Work(0, 0);
  private static final double REDUCTION = 4.0 / 3;
  private static final double BACK_TRANSFORMATION = 2;

  /** The work of a result's call. */
  static Work of(JmhResult result) {
    double n = result.number("n");
    return switch (result.family()) {
      case "Probe" -> probe(result);
      case "Kernel" -> kernel(result.method(), n);
      case "Phase" -> phase(result.method(), n);
      case "Solver", "Thread", "Peer" -> whole(result.param("workload"), n);
      case "Gradient" -> result.method().equals("backward") ? new Work(6 * n * n * n, 0) : UNKNOWN;
      case "Whitening" -> whitening(result.method(), result.number("group"));
      default -> UNKNOWN;
    };
  }

  /** Covariance and Z forward; ∂L/∂W and both parts of ∂L/∂X backward. */
  private static Work whitening(String method, double group) {
    double features = (double) WhiteningBenchmark.CHANNELS * WhiteningBenchmark.SAMPLES;
    return method.startsWith("forward")
        ? new Work(4 * group * features, 16 * features)
        : new Work(6 * group * features, 24 * features);
  }

  private static Work probe(JmhResult result) {
    return result.method().equals("fma")
        ? new Work(2.0 * ProbeBenchmark.FMA_ELEMENTS * ProbeBenchmark.FMA_STEPS, 0)
        : new Work(0, 1024.0 * result.number("kilobytes"));
  }

  private static Work kernel(String kernel, double n) {
    return switch (kernel) {
      case "dot" -> new Work(2 * n, 16 * n);
      case "axpy" -> new Work(2 * n, 24 * n);
      case "gemv" -> new Work(2 * n * n, 8 * n * n);
      case "symv" -> new Work(2 * n * n, 4 * n * n);
      case "syr2Symv" -> new Work(4 * n * n, 8 * n * n);
      case "gemm" -> new Work(2 * n * n * n, 24 * n * n);
      case "rotateChain" -> new Work(6 * n * (n - 1), 16 * n * n);
      case "secularSums" -> new Work(5 * n, 16 * n);
      case "twistedVectors" -> new Work(22 * n * n, 8 * n * n);
      case "applyReflectors" -> new Work(16 * n * n, 16 * n * n);
      case "transpose" -> new Work(0, 16 * n * n);
      default -> UNKNOWN;
    };
  }

  private static Work phase(String phase, double n) {
    return switch (phase) {
      case "reduction" -> new Work(REDUCTION * n * n * n, 0);
      case "backTransformation" -> new Work(BACK_TRANSFORMATION * n * n * n, 0);
      default -> UNKNOWN;
    };
  }

  /** Of a solve the reduction and the back-transformation: the rest depends on the matrix. */
  private static Work whole(String workload, double n) {
    return switch (workload) {
      case "GEMM" -> new Work(2 * n * n * n, 0);
      case "VALUES" -> new Work(REDUCTION * n * n * n, 0);
      default -> new Work((REDUCTION + BACK_TRANSFORMATION) * n * n * n, 0);
    };
  }

  /** Flops a nanosecond: GFLOP/s. */
  double gigaflops(double nanos) {
    return flops / nanos;
  }

  /** Bytes a nanosecond: GB/s. */
  double gigabytes(double nanos) {
    return bytes / nanos;
  }

  /** Flops a byte; 0 if either is not known. */
  double intensity() {
    return bytes == 0 ? 0 : flops / bytes;
  }
}
