package eigengrad.simd;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * An array that is kept from solve to solve, and where in it vectors fill whole cache lines.
 *
 * <p>An array begins at any multiple of 8 bytes, so that seven times in eight each vector of 64
 * bytes crosses a line, and each load of one takes twice as long. A program cannot ask where its
 * arrays are, and the collector moves them; but the clock tells. It is asked, for some 20 µs, when
 * a long array is new and whenever the collector has run since. A wrong answer costs time only.
 */
public final class AlignedBuffer {
  /** Doubles in a cache line. */
  private static final int LINE = 8;

  /** Shorter arrays stay in the nearest caches, where little is to be gained. */
  private static final int SHORT = 1 << 13;

  /** Elements that are read: a small part of the nearest cache. */
  private static final int READ = 256;

  /** Where what they add up to goes, behind them all. */
  private static final int RESULT = READ + LINE;

  /** How often, for a time that the clock can tell. */
  private static final int READS = 12;

  /** The shortest of so many counts: what interrupts one is gone in another. */
  private static final int TRIALS = 4;

  private static final WeakReference<Object> NEVER = new WeakReference<>(null);

  private double[] elements = Buffers.NONE;
  private int origin;

  /** Empty as soon as the collector has run. */
  private WeakReference<Object> sinceFound = NEVER;

  /** A buffer without elements. */
  public AlignedBuffer() {}

  /**
   * A buffer for each worker.
   *
   * @param buffers kept so far
   * @param workers how many need one
   * @param length that each needs from its origin on
   * @return the buffers themselves, or more where they are too few
   */
  public static AlignedBuffer[] perWorker(AlignedBuffer[] buffers, int workers, int length) {
    AlignedBuffer[] result = buffers;
    if (buffers.length < workers) {
      result = Arrays.copyOf(buffers, workers);
      Arrays.setAll(result, i -> i < buffers.length ? buffers[i] : new AlignedBuffer());
    }
    for (int worker = 0; worker < workers; worker++) {
      result[worker].ensure(length);
    }
    return result;
  }

  /** How many elements the array has that leaves room for so many behind any origin. */
  static long size(int length) {
    return (long) length + LINE - 1;
  }

  /**
   * Makes room, in the array kept so far if it is long enough, and finds the origin.
   *
   * @param length needed from the origin on, at most 2³¹ − 8; what they hold is arbitrary
   */
  public void ensure(int length) {
    if (elements.length < size(length)) {
      elements = new double[Math.toIntExact(size(length))];
      sinceFound = NEVER;
    }
    if (sinceFound.get() == null && elements.length >= SHORT && vectorsServe()) {
      sinceFound = new WeakReference<>(new Object());
      origin = fastest();
    }
  }

  private static boolean vectorsServe() {
    return Kernels.level1() != Kernels.scalar().level1();
  }

  /** Which of the elements of a line to start from. */
  private int fastest() {
    Arrays.fill(elements, 0, RESULT, 0);
    long[] shortest = new long[LINE];
    Arrays.fill(shortest, Long.MAX_VALUE);
    for (int trial = 0; trial < TRIALS; trial++) {
      for (int first = 0; first < LINE; first++) {
        shortest[first] = Math.min(shortest[first], nanosOfReading(first));
      }
    }
    int fastest = 0;
    for (int first = 1; first < LINE; first++) {
      if (shortest[first] < shortest[fastest]) {
        fastest = first;
      }
    }
    return fastest;
  }

  private long nanosOfReading(int first) {
    long start = System.nanoTime();
    for (int read = 0; read < READS; read++) {
      // Kept, or the compiler leaves out what is timed.
      elements[RESULT] = Kernels.level1().dot(READ, elements, first, elements, first);
    }
    return System.nanoTime() - start;
  }

  /**
   * The array.
   *
   * @return as it is until the next {@link #ensure}
   */
  public double[] elements() {
    return elements;
  }

  /**
   * The index from which vectors fill whole cache lines; 0 in short arrays, and at first where
   * plain loops serve.
   *
   * @return as it is until the next {@link #ensure}
   */
  public int origin() {
    return origin;
  }
}
