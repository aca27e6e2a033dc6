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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class ProbeBenchmark {
  /** Elements that {@link #fma} works on: one load and one store for sixteen operations. */
  public static final int FMA_ELEMENTS = 1024;

  /** Fused multiply-adds on each of them. */
  public static final int FMA_STEPS = 16;

  /** What the multiply-adds work on. */
  @State(Scope.Benchmark)
  public static class Elements {
    private double[] elements;

    /** Checks that x ← x/2 + 1 ends where it should. */
    @Setup
    public void prepare() {
      elements = new double[FMA_ELEMENTS];
      new ProbeBenchmark().fma(this);
      double expected = 2 - Math.scalb(2, -FMA_STEPS);
      if (elements[1] != expected) {
        throw new IllegalStateException("fma gives %s for %s".formatted(elements[1], expected));
      }
    }
  }

  /** Memory of a size, half of it to be copied to the same place. */
  @State(Scope.Benchmark)
  public static class Memory {
    /** Size of what is read, or of what is read and written together. */
    @Param({"16", "256", "8192", "262144"})
    int kilobytes;

    private long[] source;
    private long[] target;

    /** Checks a sum and a copy. */
    @Setup
    public void prepare() {
      source = new long[kilobytes * 1024 / Long.BYTES];
      Arrays.setAll(source, i -> i);
      target = new long[source.length / 2];
      ProbeBenchmark probe = new ProbeBenchmark();
      long all = Arrays.stream(source).reduce(0, (a, b) -> a ^ b);
      probe.copy(this);
      boolean copied = Arrays.equals(target, Arrays.copyOf(source, target.length));
      if (probe.read(this) != all || !copied) {
        throw new IllegalStateException("read or copied wrongly");
      }
    }
  }

  /**
   * The peak: sixteen dependent operations per element, many elements at a time.
   *
   * @param data updated
   */
  @Benchmark
  public void fma(Elements data) {
    double[] a = data.elements;
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
   * @param memory read
   * @return the exclusive or of all elements
   */
  @Benchmark
  public long read(Memory memory) {
    long[] a = memory.source;
    int quarter = a.length / 4;
    long all = 0;
    for (int i = 0; i < quarter; i++) {
      all ^= a[i] ^ a[i + quarter] ^ a[i + 2 * quarter] ^ a[i + 3 * quarter];
    }
    return all;
  }

  /**
   * Copies half of the array.
   *
   * @param memory read and written
   */
  @Benchmark
  public void copy(Memory memory) {
    System.arraycopy(memory.source, 0, memory.target, 0, memory.target.length);
  }
}
