package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** gemv, gemvTransposed and symv of both sets against the reference, wrong ones against it too. */
class MatrixVectorKernelsTest {
  interface MatrixVector {
    void apply(
        int m,
        int n,
        double alpha,
        double[] a,
        int aOffset,
        int lda,
        double[] x,
        int xOffset,
        double beta,
        double[] y,
        int yOffset);
  }

  @Test
  void gemv_everyShapeAndScalar_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkGemv(kernels.level2()::gemv));
  }

  @Test
  void gemv_kernelsThatReadANaNOutputOrDropAColumn_areRejected() {
    assertRejected(
        () ->
            checkGemv(
                (m, n, alpha, a, ao, lda, x, xo, beta, y, yo) -> {
                  Kernels.scalar().level1().scale(m, beta, y, yo);
                  Kernels.scalar().level2().gemv(m, n, alpha, a, ao, lda, x, xo, 1, y, yo);
                }));
    assertRejected(
        () ->
            checkGemv(
                (m, n, alpha, a, ao, lda, x, xo, beta, y, yo) ->
                    Kernels.scalar()
                        .level2()
                        .gemv(m, n & ~3, alpha, a, ao, lda, x, xo, beta, y, yo)));
    assertRejected(
        () ->
            checkGemv(
                (m, n, alpha, a, ao, lda, x, xo, beta, y, yo) ->
                    Kernels.scalar().level2().gemv(m, n, alpha, a, ao, m, x, xo, beta, y, yo)));
  }

  @Test
  void gemvTransposed_everyShapeAndScalar_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkGemvTransposed(kernels.level2()::gemvTransposed));
  }

  @Test
  void gemvTransposed_kernelsThatDropARowOrForgetAlpha_areRejected() {
    assertRejected(
        () ->
            checkGemvTransposed(
                (m, n, alpha, a, ao, lda, x, xo, beta, y, yo) ->
                    Kernels.scalar()
                        .level2()
                        .gemvTransposed(m & ~1, n, alpha, a, ao, lda, x, xo, beta, y, yo)));
    assertRejected(
        () ->
            checkGemvTransposed(
                (m, n, alpha, a, ao, lda, x, xo, beta, y, yo) ->
                    Kernels.scalar()
                        .level2()
                        .gemvTransposed(m, n, 1, a, ao, lda, x, xo, beta, y, yo)));
  }

  @Test
  void symv_everyOrderAndScalar_readsOnlyTheLowerTriangleAndIsWithinRounding() {
    Samples.kernelSets().forEach(kernels -> checkSymv(kernels.level2()::symv));
  }

  @Test
  void symv_kernelsThatReadTheUpperTriangleOrCountTheDiagonalTwice_areRejected() {
    assertRejected(
        () ->
            checkSymv(
                (n, alpha, a, ao, lda, x, xo, beta, y, yo) ->
                    Kernels.scalar().level2().gemv(n, n, alpha, a, ao, lda, x, xo, beta, y, yo)));
    assertRejected(
        () ->
            checkSymv(
                (n, alpha, a, ao, lda, x, xo, beta, y, yo) -> {
                  Kernels.scalar().level2().symv(n, alpha, a, ao, lda, x, xo, beta, y, yo);
                  for (int i = 0; i < n; i++) {
                    y[yo + i] += alpha * a[ao + i + i * lda] * x[xo + i];
                  }
                }));
  }

  interface SymmetricMatrixVector {
    void apply(
        int n,
        double alpha,
        double[] a,
        int aOffset,
        int lda,
        double[] x,
        int xOffset,
        double beta,
        double[] y,
        int yOffset);
  }

  private static void checkGemv(MatrixVector kernel) {
    check("gemv", kernel, false);
  }

  private static void checkGemvTransposed(MatrixVector kernel) {
    check("gemvTransposed", kernel, true);
  }

  private static void check(String name, MatrixVector kernel, boolean transposed) {
    Random random = new Random(6);
    int trial = 0;
    for (int m : Samples.sizes()) {
      for (int n : Samples.sizes()) {
        int lda = Math.max(1, m) + trial % 4;
        int offset = trial % 3;
        trial++;
        Guarded a = Guarded.matrix(m, n, lda, offset, random);
        Guarded x = Guarded.vector(transposed ? m : n, 2 * offset, random);
        Guarded start = Guarded.vector(transposed ? n : m, 3 * offset + 1, random);
        for (double alpha : Samples.ALPHAS) {
          for (double beta : Samples.BETAS) {
            String where = name + " " + m + "×" + n + " α=" + alpha + " β=" + beta;
            Guarded aAfter = a.copy();
            Guarded xAfter = x.copy();
            Guarded y = beta == 0 ? start.poisoned() : start.copy();
            kernel.apply(
                m,
                n,
                alpha,
                aAfter.data,
                a.offset,
                lda,
                xAfter.data,
                x.offset,
                beta,
                y.data,
                y.offset);
            for (int i = 0; i < (transposed ? n : m); i++) {
              ExpectedSum expected = new ExpectedSum().add(beta, start.get(i));
              for (int j = 0; j < (transposed ? m : n); j++) {
                expected.add(alpha, transposed ? a.get(j, i) : a.get(i, j), x.get(j));
              }
              expected.assertMatches(y.get(i), where + " i=" + i);
            }
            y.assertGuardsIntact(where);
            aAfter.assertSameBits(a, where);
            xAfter.assertSameBits(x, where);
          }
        }
      }
    }
  }

  private static void checkSymv(SymmetricMatrixVector kernel) {
    Random random = new Random(7);
    for (int n : Samples.sizes()) {
      for (int offset : Samples.OFFSETS) {
        int lda = Math.max(1, n) + offset;
        Guarded a = Guarded.lowerTriangle(n, lda, offset, random);
        Guarded x = Guarded.vector(n, 2 * offset, random);
        Guarded start = Guarded.vector(n, offset + 1, random);
        for (double alpha : Samples.ALPHAS) {
          for (double beta : Samples.BETAS) {
            String where = "symv n=" + n + " α=" + alpha + " β=" + beta + " offset " + offset;
            Guarded aAfter = a.copy();
            Guarded xAfter = x.copy();
            Guarded y = beta == 0 ? start.poisoned() : start.copy();
            kernel.apply(
                n,
                alpha,
                aAfter.data,
                a.offset,
                lda,
                xAfter.data,
                x.offset,
                beta,
                y.data,
                y.offset);
            for (int i = 0; i < n; i++) {
              ExpectedSum expected = new ExpectedSum().add(beta, start.get(i));
              for (int j = 0; j < n; j++) {
                expected.add(alpha, a.get(Math.max(i, j), Math.min(i, j)), x.get(j));
              }
              expected.assertMatches(y.get(i), where + " i=" + i);
            }
            y.assertGuardsIntact(where);
            aAfter.assertSameBits(a, where);
            xAfter.assertSameBits(x, where);
          }
        }
      }
    }
  }

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
