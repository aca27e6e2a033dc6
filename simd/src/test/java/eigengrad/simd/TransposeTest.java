package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.simd.scalar.ScalarTransposition;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Transposition by both sets, which moves bits and rounds nothing. */
class TransposeTest {
  interface Transposition {
    void apply(int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb);
  }

  @Test
  void transpose_everyShape_movesEveryElementAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> check(kernels.transposition()::transpose));
  }

  @Test
  void transpose_kernelsThatCopyOrOverrunAColumn_areRejected() {
    KernelSet right = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (m, n, a, ao, lda, b, bo, ldb) -> {
                  right.transposition().transpose(m, n, a, ao, lda, b, bo, ldb);
                  if (m > 1 && m == n) {
                    b[bo + 1] = a[ao + 1];
                  }
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (m, n, a, ao, lda, b, bo, ldb) -> {
                  right.transposition().transpose(m, n, a, ao, lda, b, bo, ldb);
                  b[bo + n] = 0;
                }));
  }

  @Test
  void transpose_blockedShapes_movesEveryElementAndWritesNothingElse() {
    int[] sizes = {127, 128, 129, 135};
    Samples.kernelSets().forEach(kernels -> check(kernels.transposition()::transpose, sizes));
  }

  @Test
  void transpose_fourColumns_movesEveryElementAndWritesNothingElse() {
    Random random = new Random(16);
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int m = 0; m <= 41; m++) {
        check(kernels.transposition()::transpose, m, 4, 4, m, random);
        check(kernels.transposition()::transpose, m, 4, 5, m, random);
      }
    }
  }

  @Test
  void transpose_kernelThatForgetsTheLastBlock_isRejected() {
    KernelSet right = Kernels.scalar();
    int[] sizes = {129};
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (m, n, a, ao, lda, b, bo, ldb) ->
                    right
                        .transposition()
                        .transpose(m - m % ScalarTransposition.ROWS, n, a, ao, lda, b, bo, ldb),
                sizes));
  }

  private static void check(Transposition kernel) {
    check(kernel, Samples.sizes());
  }

  private static void check(Transposition kernel, int[] sizes) {
    Random random = new Random(15);
    int trial = 0;
    for (int m : sizes) {
      for (int n : sizes) {
        check(kernel, m, n, Math.max(1, n) + 1 + trial % 3, trial, random);
        check(kernel, m, n, Math.max(1, n), trial, random);
        trial++;
      }
    }
  }

  private static void check(Transposition kernel, int m, int n, int ldb, int trial, Random random) {
    int lda = Math.max(1, m) + trial % 4;
    int offset = trial % 5;
    String where = "transpose " + m + "×" + n;
    Guarded a = Guarded.matrix(m, n, lda, offset, random);
    Guarded aAfter = a.copy();
    Guarded b = Guarded.matrix(n, m, ldb, 2 * offset, random).poisoned();
    kernel.apply(m, n, aAfter.data, a.offset, lda, b.data, b.offset, ldb);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        assertEquals(a.get(i, j), b.get(j, i), where);
      }
    }
    b.assertGuardsIntact(where);
    aAfter.assertSameBits(a, where);
  }
}
