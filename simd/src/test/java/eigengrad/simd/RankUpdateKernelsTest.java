package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** ger and syr2 of both sets against the reference, and wrong ones against the checks. */
class RankUpdateKernelsTest {
  interface Ger {
    void apply(
        int m,
        int n,
        double alpha,
        double[] x,
        int xOffset,
        double[] y,
        int yOffset,
        double[] a,
        int aOffset,
        int lda);
  }

  interface Syr2 {
    void apply(
        int n,
        double alpha,
        double[] x,
        int xOffset,
        double[] y,
        int yOffset,
        double[] a,
        int aOffset,
        int lda);
  }

  @Test
  void ger_everyShapeAndScalar_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkGer(kernels::ger));
  }

  @Test
  void ger_kernelsThatSwapTheVectorsOrOverrunTheColumn_areRejected() {
    Kernels right = Kernels.scalar();
    assertRejected(
        () ->
            checkGer(
                (m, n, alpha, x, xo, y, yo, a, ao, lda) -> {
                  boolean square = m == n;
                  right.ger(
                      m,
                      n,
                      alpha,
                      square ? y : x,
                      square ? yo : xo,
                      square ? x : y,
                      square ? xo : yo,
                      a,
                      ao,
                      lda);
                }));
    assertRejected(
        () ->
            checkGer(
                (m, n, alpha, x, xo, y, yo, a, ao, lda) ->
                    right.ger(Math.min(m + 1, lda), n, alpha, x, xo, y, yo, a, ao, lda)));
  }

  @Test
  void syr2_everyOrderAndScalar_touchesOnlyTheLowerTriangleAndIsWithinRounding() {
    Samples.kernelSets().forEach(kernels -> checkSyr2(kernels::syr2));
  }

  @Test
  void syr2_kernelsThatTouchTheUpperTriangleOrAddOneTermOnly_areRejected() {
    Kernels right = Kernels.scalar();
    assertRejected(
        () ->
            checkSyr2(
                (n, alpha, x, xo, y, yo, a, ao, lda) -> {
                  right.ger(n, n, alpha, x, xo, y, yo, a, ao, lda);
                  right.ger(n, n, alpha, y, yo, x, xo, a, ao, lda);
                }));
    assertRejected(
        () ->
            checkSyr2(
                (n, alpha, x, xo, y, yo, a, ao, lda) -> {
                  for (int j = 0; j < n; j++) {
                    right.axpy(n - j, alpha * y[yo + j], x, xo + j, a, ao + j + j * lda);
                  }
                }));
  }

  private static void checkGer(Ger kernel) {
    Random random = new Random(8);
    int trial = 0;
    for (int m : Samples.sizes()) {
      for (int n : Samples.sizes()) {
        int lda = Math.max(1, m) + trial % 4;
        int offset = trial % 3;
        trial++;
        Guarded x = Guarded.vector(m, 2 * offset, random);
        Guarded y = Guarded.vector(n, offset + 1, random);
        Guarded start = Guarded.matrix(m, n, lda, offset, random);
        for (double alpha : Samples.ALPHAS) {
          String where = "ger " + m + "×" + n + " α=" + alpha;
          Guarded xAfter = x.copy();
          Guarded yAfter = y.copy();
          Guarded a = start.copy();
          kernel.apply(
              m, n, alpha, xAfter.data, x.offset, yAfter.data, y.offset, a.data, a.offset, lda);
          for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
              new ExpectedSum()
                  .add(1, start.get(i, j))
                  .add(alpha, x.get(i), y.get(j))
                  .assertMatches(a.get(i, j), where + " (" + i + ", " + j + ")");
            }
          }
          a.assertGuardsIntact(where);
          xAfter.assertSameBits(x, where);
          yAfter.assertSameBits(y, where);
        }
      }
    }
  }

  private static void checkSyr2(Syr2 kernel) {
    Random random = new Random(9);
    for (int n : Samples.sizes()) {
      for (int offset : Samples.OFFSETS) {
        int lda = Math.max(1, n) + offset;
        Guarded x = Guarded.vector(n, 2 * offset, random);
        Guarded y = Guarded.vector(n, offset + 1, random);
        Guarded start = Guarded.lowerTriangle(n, lda, offset, random);
        for (double alpha : Samples.ALPHAS) {
          String where = "syr2 n=" + n + " α=" + alpha + " offset " + offset;
          Guarded xAfter = x.copy();
          Guarded yAfter = y.copy();
          Guarded a = start.copy();
          kernel.apply(
              n, alpha, xAfter.data, x.offset, yAfter.data, y.offset, a.data, a.offset, lda);
          for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
              new ExpectedSum()
                  .add(1, start.get(i, j))
                  .add(alpha, x.get(i), y.get(j))
                  .add(alpha, y.get(i), x.get(j))
                  .assertMatches(a.get(i, j), where + " (" + i + ", " + j + ")");
            }
          }
          a.assertGuardsIntact(where);
          xAfter.assertSameBits(x, where);
          yAfter.assertSameBits(y, where);
        }
      }
    }
  }

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
