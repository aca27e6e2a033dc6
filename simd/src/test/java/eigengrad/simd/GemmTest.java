package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The matrix product of both sets against the reference, and wrong ones against the checks. */
class GemmTest {
  interface Product {
    void apply(
        Transpose transposeA,
        Transpose transposeB,
        int m,
        int n,
        int k,
        double alpha,
        double[] a,
        int aOffset,
        int lda,
        double[] b,
        int bOffset,
        int ldb,
        double beta,
        double[] c,
        int cOffset,
        int ldc);
  }

  @Test
  void multiply_shapesAroundTheTile_areWithinRoundingAndWriteNothingElse() {
    for (Kernels kernels : Samples.kernelSets()) {
      checkTiles(kernels, new Gemm(kernels)::multiply);
    }
  }

  @Test
  void multiply_everyTransposeScalarAndDepth_isWithinRoundingAndWritesNothingElse() {
    for (Kernels kernels : Samples.kernelSets()) {
      checkScalars(kernels, new Gemm(kernels)::multiply);
    }
  }

  @Test
  void multiply_shapesAroundTheBlocks_areWithinRounding() {
    for (Kernels kernels : Samples.kernelSets()) {
      // One instance throughout: its buffers grow, and later hold leftovers of larger products.
      Product product = new Gemm(kernels)::multiply;
      for (Transpose transpose : Transpose.values()) {
        for (int step = -1; step <= 1; step++) {
          int rows = Tiles.GEMM_ROWS + step;
          int depth = Tiles.GEMM_DEPTH + step;
          int columns = Tiles.GEMM_BLOCK_COLUMNS + step;
          check(product, transpose, transpose, rows, 5, 3, -1.3, 0.5);
          check(product, transpose, transpose, 2 * rows, 3, depth, 1, 1);
          check(product, transpose, transpose, 5, 3, 2 * depth, 1, 0);
          check(product, transpose, transpose, 3, columns, 2, 1, 0.5);
          check(product, transpose, transpose, 7, 6, 5, 1, 0);
        }
      }
    }
  }

  @Test
  void multiply_productsThatDropTermsReadTheOutputOrMissTheEdge_areRejected() {
    Gemm gemm = new Gemm();
    Kernels kernels = Kernels.active();
    assertRejected(
        () ->
            checkScalars(
                kernels,
                (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
                    gemm.multiply(
                        ta, tb, m, n, k & ~1, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc)));
    assertRejected(
        () ->
            checkScalars(
                kernels,
                (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
                    gemm.multiply(
                        ta,
                        tb,
                        m,
                        n,
                        k,
                        alpha,
                        a,
                        ao,
                        lda,
                        b,
                        bo,
                        ldb,
                        beta == 0 ? 1 : beta,
                        c,
                        co,
                        ldc)));
    assertRejected(
        () ->
            checkTiles(
                kernels,
                (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
                  int rows = m / kernels.tileRows() * kernels.tileRows();
                  gemm.multiply(
                      ta, tb, rows, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
                }));
    assertRejected(
        () ->
            checkTiles(
                kernels,
                (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
                  gemm.multiply(ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
                  c[co + m + (n - 1) * ldc] = 0;
                }));
  }

  @Test
  void multiply_sameMatrixTwice_isTheGramMatrix() {
    Random random = new Random(12);
    Guarded a = Guarded.matrix(20, 7, 23, 2, random);
    Guarded b = a.copy();
    double[] shared = new double[49];
    double[] separate = new double[49];
    Gemm gemm = new Gemm();
    gemm.multiply(
        Transpose.YES, Transpose.NO, 7, 7, 20, 1, a.data, 2, 23, a.data, 2, 23, 0, shared, 0, 7);
    gemm.multiply(
        Transpose.YES, Transpose.NO, 7, 7, 20, 1, a.data, 2, 23, b.data, 2, 23, 0, separate, 0, 7);
    assertArrayEquals(separate, shared);
  }

  @Test
  void gemmTile_everyDepth_addsThePackedProductAndWritesNothingElse() {
    Random random = new Random(13);
    for (Kernels kernels : Samples.kernelSets()) {
      int rows = kernels.tileRows();
      int columns = kernels.tileColumns();
      for (int depth : new int[] {0, 1, 2, 7, 8, 9, 100}) {
        String where = kernels.name() + " tile, depth " + depth;
        Guarded a = Guarded.matrix(rows, depth, rows, 3, random);
        Guarded b = Guarded.matrix(columns, depth, columns, 1, random);
        Guarded start = Guarded.matrix(rows, columns, rows + 1, 2, random);
        Guarded c = start.copy();
        kernels.gemmTile(depth, -1.3, a.data, 3, b.data, 1, c.data, 2, c.ld);
        for (int j = 0; j < columns; j++) {
          for (int i = 0; i < rows; i++) {
            ExpectedSum expected = new ExpectedSum().add(1, start.get(i, j));
            for (int p = 0; p < depth; p++) {
              expected.add(-1.3, a.get(i, p), b.get(j, p));
            }
            expected.assertMatches(c.get(i, j), where + " (" + i + ", " + j + ")");
          }
        }
        c.assertGuardsIntact(where);
      }
    }
  }

  private static void checkTiles(Kernels kernels, Product product) {
    for (int m : aroundMultiples(kernels.tileRows())) {
      for (int n : aroundMultiples(kernels.tileColumns())) {
        check(product, Transpose.NO, Transpose.YES, m, n, 9, -1.3, 1);
      }
    }
  }

  private static void checkScalars(Kernels kernels, Product product) {
    int m = kernels.tileRows() + 1;
    int n = kernels.tileColumns() + 1;
    for (Transpose transposeA : Transpose.values()) {
      for (Transpose transposeB : Transpose.values()) {
        for (double alpha : Samples.ALPHAS) {
          for (double beta : Samples.BETAS) {
            for (int k : Samples.sizes()) {
              check(product, transposeA, transposeB, m, n, k, alpha, beta);
            }
          }
        }
      }
    }
  }

  private static int[] aroundMultiples(int tile) {
    TreeSet<Integer> sizes = new TreeSet<>();
    sizes.add(1);
    for (int tiles = 1; tiles <= 3; tiles++) {
      for (int step = -1; step <= 1; step++) {
        sizes.add(tiles * tile + step);
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void check(
      Product product,
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double beta) {
    String where =
        "gemm A "
            + transposeA
            + " B "
            + transposeB
            + " "
            + m
            + "×"
            + n
            + "×"
            + k
            + " α="
            + alpha
            + " β="
            + beta;
    Random random = new Random(11);
    boolean aStored = transposeA == Transpose.NO;
    boolean bStored = transposeB == Transpose.NO;
    Guarded a = Guarded.matrix(aStored ? m : k, aStored ? k : m, Math.max(m, k) + 1, 1, random);
    Guarded b = Guarded.matrix(bStored ? k : n, bStored ? n : k, Math.max(n, k) + 2, 5, random);
    Guarded start = Guarded.matrix(m, n, m + 3, 2, random);
    Guarded aAfter = a.copy();
    Guarded bAfter = b.copy();
    Guarded c = beta == 0 ? start.poisoned() : start.copy();
    product.apply(
        transposeA,
        transposeB,
        m,
        n,
        k,
        alpha,
        aAfter.data,
        a.offset,
        a.ld,
        bAfter.data,
        b.offset,
        b.ld,
        beta,
        c.data,
        c.offset,
        c.ld);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        ExpectedSum expected = new ExpectedSum().add(beta, start.get(i, j));
        for (int p = 0; p < k; p++) {
          expected.add(
              alpha, aStored ? a.get(i, p) : a.get(p, i), bStored ? b.get(p, j) : b.get(j, p));
        }
        expected.assertMatches(c.get(i, j), where + " (" + i + ", " + j + ")");
      }
    }
    c.assertGuardsIntact(where);
    aAfter.assertSameBits(a, where);
    bAfter.assertSameBits(b, where);
  }

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
