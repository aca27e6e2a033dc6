package eigengrad.bench.jmh;

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

/**
 * What one thread of this machine can do at most, in plain loops that the JIT compiler makes
 * vectors of: other figures are shares of these. {@code --only Probe}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class ProbeBenchmark {
  /** Elements that {@link #fma} works on: one load and one store for sixteen operations. */
  public static final int FMA_ELEMENTS = 1024;

  /** Fused multiply-adds on each of them. */
  public static final int FMA_STEPS = 16;

  /** Size of what is read, or of what is read and written together. */
  @Param({"16", "256", "8192", "262144"})
  int kilobytes;

  private double[] elements;
  private long[] source;
  private long[] target;

  /** Fills the arrays. */
  @Setup
  public void prepare() {
    elements = new double[FMA_ELEMENTS];
    source = new long[kilobytes * 1024 / Long.BYTES];
    Arrays.setAll(source, i -> i);
    target = new long[source.length / 2];
    fma();
    double expected = 2 - Math.scalb(2, -FMA_STEPS);
    if (elements[1] != expected) {
      throw new IllegalStateException("fma gives %s for %s".formatted(elements[1], expected));
    }
    copy();
    if (!Arrays.equals(target, Arrays.copyOf(source, target.length))) {
      throw new IllegalStateException("the copy differs");
    }
  }

  /** The peak: sixteen dependent operations an element, many elements at a time. */
  @Benchmark
  public void fma() {
    double[] a = elements;
    double half = 0.5;
    for (int i = 0; i < FMA_ELEMENTS; i++) {
      double x = a[i];
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      x = Math.fma(x, half, 1);
      a[i] = x;
    }
  }

  /**
   * Reads an array from four places at once.
   *
   * @return the exclusive or of all elements
   */
  @Benchmark
  public long read() {
    long[] a = source;
    int quarter = a.length / 4;
    long all = 0;
    for (int i = 0; i < quarter; i++) {
      all ^= a[i] ^ a[i + quarter] ^ a[i + 2 * quarter] ^ a[i + 3 * quarter];
    }
    return all;
  }

  /** Copies half of the array. */
  @Benchmark
  public void copy() {
    System.arraycopy(source, 0, target, 0, target.length);
  }
}
