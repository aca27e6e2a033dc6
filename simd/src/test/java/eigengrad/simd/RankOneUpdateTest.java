package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** ger of both sets against the reference, and wrong ones against the check. */
class RankOneUpdateTest {
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

  @Test
  void ger_everyShapeAndScalar_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkGer(kernels.level2()::ger));
  }

  @Test
  void ger_kernelsThatSwapTheVectorsOrOverrunTheColumn_areRejected() {
    KernelSet right = Kernels.scalar();
    assertRejected(
        () ->
            checkGer(
                (m, n, alpha, x, xo, y, yo, a, ao, lda) -> {
                  boolean square = m == n;
                  right
                      .level2()
                      .ger(
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
                    right.level2().ger(Math.min(m + 1, lda), n, alpha, x, xo, y, yo, a, ao, lda)));
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

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
