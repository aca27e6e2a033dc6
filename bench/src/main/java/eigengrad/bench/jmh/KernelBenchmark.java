package eigengrad.bench.jmh;

import eigengrad.simd.KernelSet;
import eigengrad.simd.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Every kernel by itself, on vectors of length n or matrices of order n: {@code --only Kernel}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class KernelBenchmark {
  /** Kernel set: {@code auto}, {@code scalar}, 128, 256 or 512. */
  @Param("auto")
  String simd;

  /** Length or order, a multiple of 64. */
  @Param({"64", "512"})
  int n;

  private KernelData data;

  /** Checks all kernels, then makes new data. */
  @Setup
  public void prepare() {
    KernelSet kernels = KernelChoice.require(simd);
    for (KernelOperation operation : KernelOperation.values()) {
      operation.check(kernels, n);
    }
    data = new KernelData(kernels, n);
  }

  /** Σ xᵢyᵢ. */
  @Benchmark
  public void dot() {
    KernelOperation.DOT.run(Active.KERNELS, data);
  }

  /** y ← αx + y. */
  @Benchmark
  public void axpy() {
    KernelOperation.AXPY.run(Active.KERNELS, data);
  }

  /** y ← Ax. */
  @Benchmark
  public void gemv() {
    KernelOperation.GEMV.run(Active.KERNELS, data);
  }

  /** y ← Ax, A symmetric. */
  @Benchmark
  public void symv() {
    KernelOperation.SYMV.run(Active.KERNELS, data);
  }

  /** A ← A − pqᵀ − qpᵀ, y ← Ax in one pass. */
  @Benchmark
  public void syr2Symv() {
    KernelOperation.SYR2_SYMV.run(Active.KERNELS, data);
  }

  /** C ← AB. */
  @Benchmark
  public void gemm() {
    KernelOperation.GEMM.run(Active.KERNELS, data);
  }

  /** n − 1 rotations of neighbouring columns. */
  @Benchmark
  public void rotateChain() {
    KernelOperation.ROTATE_CHAIN.run(Active.KERNELS, data);
  }

  /** The sums over n poles of the secular equation. */
  @Benchmark
  public void secularSums() {
    KernelOperation.SECULAR_SUMS.run(Active.KERNELS, data);
  }

  /** A Laguerre step from each of n shifts. */
  @Benchmark
  public void laguerreSteps() {
    KernelOperation.LAGUERRE_STEPS.run(Active.KERNELS, data);
  }

  /** n vectors by twisted factorisation. */
  @Benchmark
  public void twistedVectors() {
    KernelOperation.TWISTED_VECTORS.run(Active.KERNELS, data);
  }

  /** Four reflectors on n columns. */
  @Benchmark
  public void applyReflectors() {
    KernelOperation.APPLY_REFLECTORS.run(Active.KERNELS, data);
  }

  /** B ← Aᵀ. */
  @Benchmark
  public void transpose() {
    KernelOperation.TRANSPOSE.run(Active.KERNELS, data);
  }

  /** The active set as a constant to the JIT compiler, as it is to the solver. */
  private static final class Active {
    static final KernelSet KERNELS = Kernels.active();
  }
}
