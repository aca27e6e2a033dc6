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
        int count,
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
      Reduction reduction = kernels.reduction();
      for (int height : new int[] {1, 1000}) {
        int count = reduction.reflectorCount(height);
        for (int wanted : new int[] {1, Integer.MAX_VALUE}) {
          check(count, reduction.reflectorColumns(count, wanted), reduction::applyReflectors);
        }
      }
    }
  }

  @Test
  void reflectorColumns_moreWanted_neverFewer() {
    for (KernelSet kernels : Samples.kernelSets()) {
      int count = kernels.reduction().reflectorCount(1);
      int before = 1;
      for (int wanted = 1; wanted < 100; wanted++) {
        int columns = kernels.reduction().reflectorColumns(count, wanted);
        assertTrue(
            columns >= before
                && columns <= kernels.reduction().reflectorColumns(count, Integer.MAX_VALUE));
        before = columns;
      }
    }
  }

  @Test
  void applyReflectors_kernelsThatReadTheWrongTriangleOrMissARow_areRejected() {
    Reduction scalar = Kernels.scalar().reduction();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                4,
                1,
                (count, rows, columns, v, vOffset, t, tOffset, z, zOffset) -> {
                  double[] transposed = t.clone();
                  Kernels.scalar()
                      .transposition()
                      .transpose(4, 4, t, tOffset, 4, transposed, tOffset, 4);
                  scalar.applyReflectors(
                      count, rows, columns, v, vOffset, transposed, tOffset, z, zOffset);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                4,
                1,
                (count, rows, columns, v, vOffset, t, tOffset, z, zOffset) ->
                    scalar.applyReflectors(
                        count,
                        Math.max(rows - 1, 0),
                        columns,
                        v,
                        vOffset,
                        t,
                        tOffset,
                        z,
                        zOffset)));
  }

  private static void check(int count, int columns, Reflectors kernel) {
    Random random = new Random(7);
    for (int rows : Samples.sizes()) {
      double[] v = random.doubles(2 + count * rows, -1, 1).toArray();
      double[] t = random.doubles(1 + count * count, -1, 1).toArray();
      double[] z = random.doubles(3 + (rows + 2) * columns, -1, 1).toArray();
      double[] expected = z.clone();
      for (int j = 0; j < columns; j++) {
        double[] w = new double[count];
        for (int k = 0; k < count; k++) {
          for (int i = 0; i < rows; i++) {
            w[k] += v[2 + count * i + k] * z[3 + i * columns + j];
          }
        }
        for (int i = 0; i < rows; i++) {
          for (int k = 0; k < count; k++) {
            for (int l = k; l < count; l++) {
              expected[3 + i * columns + j] -= v[2 + count * i + k] * t[1 + k + count * l] * w[l];
            }
          }
        }
      }
      kernel.apply(count, rows, columns, v, 2, t, 1, z, 3);
      for (int at = 0; at < z.length; at++) {
        boolean inside = at >= 3 && at < 3 + rows * columns;
        // Sums of rows products below 1, count² of them with their own roundings.
        double tolerance = inside ? count * count * (rows + 8.0) * (rows + 8.0) * UNIT_ROUNDOFF : 0;
        assertEquals(expected[at], z[at], tolerance, "rows = " + rows);
      }
    }
  }
}
