package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One operand of a kernel, surrounded and interleaved with guard values.
 *
 * <p>The guard is a signalling NaN: a kernel that reads beside its input spoils its own result, and
 * one that writes beside its output changes bits, for arithmetic never returns a signalling NaN. (A
 * quiet one would survive {@code y += αx} with its payload.)
 */
final class Guarded {
  private static final double GUARD = Double.longBitsToDouble(0x7ff0_0bad_0bad_0badL);

  /** More than the widest vector, so that a stray vector lands on guards. */
  private static final int MARGIN = 19;

  final double[] data;
  final int offset;
  final int ld;
  private final boolean[] live;

  private Guarded(double[] data, int offset, int ld, boolean[] live) {
    this.data = data;
    this.offset = offset;
    this.ld = ld;
    this.live = live;
  }

  /** A vector of n random components in (−1, 1). */
  static Guarded vector(int n, int offset, RandomGenerator random) {
    return matrix(n, 1, Math.max(n, 1), offset, random);
  }

  /** A full matrix of random elements; the rows between {@code rows} and {@code ld} are guards. */
  static Guarded matrix(int rows, int columns, int ld, int offset, RandomGenerator random) {
    return create(rows, columns, ld, offset, random, false);
  }

  /** A square matrix whose strict upper triangle is guards too. */
  static Guarded lowerTriangle(int n, int ld, int offset, RandomGenerator random) {
    return create(n, n, ld, offset, random, true);
  }

  private static Guarded create(
      int rows, int columns, int ld, int offset, RandomGenerator random, boolean lower) {
    double[] data = new double[offset + ld * columns + MARGIN];
    boolean[] live = new boolean[data.length];
    Arrays.fill(data, GUARD);
    for (int j = 0; j < columns; j++) {
      for (int i = lower ? j : 0; i < rows; i++) {
        data[offset + i + j * ld] = random.nextDouble(-1, 1);
        live[offset + i + j * ld] = true;
      }
    }
    return new Guarded(data, offset, ld, live);
  }

  double get(int i) {
    return data[offset + i];
  }

  double get(int i, int j) {
    return data[offset + i + j * ld];
  }

  Guarded copy() {
    return new Guarded(data.clone(), offset, ld, live);
  }

  /** The same operand holding an ordinary NaN everywhere: what β = 0 must not read. */
  Guarded poisoned() {
    Guarded poisoned = copy();
    for (int i = 0; i < data.length; i++) {
      if (live[i]) {
        poisoned.data[i] = Double.NaN;
      }
    }
    return poisoned;
  }

  /** Fails unless every guard still holds its bits. */
  void assertGuardsIntact(String where) {
    for (int i = 0; i < data.length; i++) {
      if (!live[i]) {
        int index = i - offset;
        assertEquals(
            Double.doubleToRawLongBits(GUARD),
            Double.doubleToRawLongBits(data[i]),
            () -> where + ": wrote beside the output, at offset + " + index);
      }
    }
  }

  /** Fails unless everything, guards included, has the bits of {@code original}. */
  void assertSameBits(Guarded original, String where) {
    for (int i = 0; i < data.length; i++) {
      int index = i - offset;
      assertEquals(
          Double.doubleToRawLongBits(original.data[i]),
          Double.doubleToRawLongBits(data[i]),
          () -> where + ": changed at offset + " + index);
    }
  }
}
