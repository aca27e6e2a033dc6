package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReflectorTileTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** The signature of the kernel. */
  private interface Reflectors {
    void apply(
        int rows,
        int columns,
        double[] v,
        int vOffset,
        double[] t,
        int tOffset,
        double[] z,
        int zOffset);
  }

  @Test
  void applyReflectors_everyHeight_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int wanted : new int[] {1, Integer.MAX_VALUE}) {
        check(kernels.reduction().reflectorColumns(wanted), kernels.reduction()::applyReflectors);
      }
    }
  }

  @Test
  void reflectorColumns_moreWanted_neverFewer() {
    for (KernelSet kernels : Samples.kernelSets()) {
      int before = 1;
      for (int wanted = 1; wanted < 100; wanted++) {
        int columns = kernels.reduction().reflectorColumns(wanted);
        assertTrue(
            columns >= before
                && columns <= kernels.reduction().reflectorColumns(Integer.MAX_VALUE));
        before = columns;
      }
    }
  }

  @Test
  void applyReflectors_kernelsThatReadTheWrongTriangleOrMissARow_areRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                1,
                (rows, columns, v, vOffset, t, tOffset, z, zOffset) -> {
                  double[] transposed = t.clone();
                  scalar.transposition().transpose(4, 4, t, tOffset, 4, transposed, tOffset, 4);
                  scalar
                      .reduction()
                      .applyReflectors(rows, columns, v, vOffset, transposed, tOffset, z, zOffset);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                1,
                (rows, columns, v, vOffset, t, tOffset, z, zOffset) ->
                    scalar
                        .reduction()
                        .applyReflectors(
                            Math.max(rows - 1, 0), columns, v, vOffset, t, tOffset, z, zOffset)));
  }

  private static void check(int columns, Reflectors kernel) {
    Random random = new Random(7);
    for (int rows : Samples.sizes()) {
      double[] v = random.doubles(2 + 4 * rows, -1, 1).toArray();
      double[] t = random.doubles(1 + 16, -1, 1).toArray();
      double[] z = random.doubles(3 + (rows + 2) * columns, -1, 1).toArray();
      double[] expected = z.clone();
      for (int j = 0; j < columns; j++) {
        double[] w = new double[4];
        for (int k = 0; k < 4; k++) {
          for (int i = 0; i < rows; i++) {
            w[k] += v[2 + 4 * i + k] * z[3 + i * columns + j];
          }
        }
        for (int i = 0; i < rows; i++) {
          for (int k = 0; k < 4; k++) {
            for (int l = k; l < 4; l++) {
              expected[3 + i * columns + j] -= v[2 + 4 * i + k] * t[1 + k + 4 * l] * w[l];
            }
          }
        }
      }
      kernel.apply(rows, columns, v, 2, t, 1, z, 3);
      for (int at = 0; at < z.length; at++) {
        boolean inside = at >= 3 && at < 3 + rows * columns;
        // Sums of rows products below 1, ten of them with their own roundings.
        double tolerance = inside ? 20.0 * (rows + 8) * (rows + 8) * UNIT_ROUNDOFF : 0;
        assertEquals(expected[at], z[at], tolerance, "rows = " + rows);
      }
    }
  }
}
