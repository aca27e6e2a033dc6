package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RotationChainTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final int OFFSET = 3;

  /** The signature of the kernel. */
  private interface Chain {
    void apply(int m, int count, double[] a, int aOffset, int columnStride, double[] c, double[] s);
  }

  @Test
  void rotateChain_everySizeInBothDirections_isWithinRoundingAndWritesNothingElse() {
    check(Samples.compiled().level1()::rotateChain);
    check(Kernels.scalar().level1()::rotateChain);
  }

  @Test
  void rotateChain_kernelsThatTurnBackOrStopEarly_areRejected() {
    Chain right = Kernels.scalar().level1()::rotateChain;
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (m, count, a, offset, stride, c, s) -> {
                  double[] back = s.clone();
                  for (int k = 0; k < back.length; k++) {
                    back[k] = -back[k];
                  }
                  right.apply(m, count, a, offset, stride, c, back);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (m, count, a, offset, stride, c, s) ->
                    right.apply(m, Math.max(count - 1, 0), a, offset, stride, c, s)));
  }

  private static void check(Chain kernel) {
    Random random = new Random(6);
    for (int m = 0; m <= 41; m++) {
      for (int count : new int[] {0, 1, 2, 7}) {
        for (int direction : new int[] {1, -1}) {
          checkOne(kernel, random, m, count, direction);
        }
      }
    }
  }

  private static void checkOne(Chain kernel, Random random, int m, int count, int direction) {
    int ld = m + 2;
    double[] a = random.doubles(OFFSET + ld * (count + 1) + 4, -1, 1).toArray();
    double[] c = new double[count];
    double[] s = new double[count];
    for (int k = 0; k < count; k++) {
      double angle = random.nextDouble(-3, 3);
      c[k] = Math.cos(angle);
      s[k] = Math.sin(angle);
    }
    int first = direction > 0 ? OFFSET : OFFSET + count * ld;
    double[] expected = a.clone();
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < m; i++) {
        int atX = first + k * direction * ld + i;
        int atY = atX + direction * ld;
        double x = expected[atX];
        double y = expected[atY];
        expected[atX] = c[k] * x + s[k] * y;
        expected[atY] = c[k] * y - s[k] * x;
      }
    }
    kernel.apply(m, count, a, first, direction * ld, c, s);
    for (int i = 0; i < a.length; i++) {
      int inColumn = i < OFFSET ? m : (i - OFFSET) % ld;
      boolean untouched = inColumn >= m || i >= OFFSET + ld * (count + 1);
      // Three roundings a rotation on numbers of at most √8, and those of the column before.
      double tolerance = untouched ? 0 : 12 * (count + 1) * UNIT_ROUNDOFF;
      assertEquals(expected[i], a[i], tolerance, "m = " + m + ", count = " + count);
    }
  }
}
