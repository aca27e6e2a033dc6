package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The matrix product of both sets, by either algorithm, against the reference, and wrong ones
 * against the checks.
 */
class GemmTest {
  @Test
  void multiply_shapesAroundTheTile_areWithinRoundingAndWriteNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      tiles(kernels, Product.packed(kernels));
    }
  }

  @Test
  void multiply_unpackedShapesAroundVectorsAndColumns_areWithinRoundingAndWriteNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      ProductCheck.tiles(false, kernels.lanes(), 4, 7, Product.unpacked(kernels));
    }
  }

  @Test
  void multiply_everyTransposeScalarAndDepth_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      scalars(kernels, Product.packed(kernels));
      scalars(kernels, Product.unpacked(kernels));
      scalars(kernels, new Gemm(kernels)::multiply);
    }
  }

  @Test
  void multiply_unpackedSmallerThanAVectorOrAStep_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Product product = Product.unpacked(kernels);
      ProductCheck.scalars(false, 1, 2, product);
      ProductCheck.scalars(false, 3, 9, product);
      ProductCheck.scalars(false, 19, 3, product);
    }
  }

  @Test
  void multiply_unpackedEveryTile_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int vectors = 3; vectors <= 5; vectors++) {
        ProductCheck.scalars(false, vectors * kernels.lanes(), 12, Product.unpacked(kernels));
      }
    }
  }

  @Test
  void multiply_wholeMatrices_isTheProductWithoutOffsetsAndGaps() {
    Random random = new Random(14);
    int m = 5;
    int n = 3;
    int k = 7;
    double[] a = random.doubles((long) m * k, -1, 1).toArray();
    double[] b = random.doubles((long) k * n, -1, 1).toArray();
    double[] start = random.doubles((long) m * n, -1, 1).toArray();
    Gemm gemm = new Gemm();
    for (Transpose transposeA : Transpose.values()) {
      for (Transpose transposeB : Transpose.values()) {
        int lda = transposeA == Transpose.NO ? m : k;
        int ldb = transposeB == Transpose.NO ? k : n;
        double[] expected = start.clone();
        double[] c = start.clone();
        gemm.multiply(
            transposeA, transposeB, m, n, k, -1.3, a, 0, lda, b, 0, ldb, 0.5, expected, 0, m);
        gemm.multiply(transposeA, transposeB, m, n, k, -1.3, a, b, 0.5, c);
        assertArrayEquals(expected, c);
        gemm.multiply(transposeA, transposeB, m, n, k, 1, a, 0, lda, b, 0, ldb, 0, expected, 0, m);
        gemm.multiply(transposeA, transposeB, m, n, k, a, b, c);
        assertArrayEquals(expected, c);
      }
    }
  }

  @Test
  void multiply_noRowsOrColumns_touchesNothing() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Product product = new Gemm(kernels)::multiply;
      for (Transpose transpose : Transpose.values()) {
        check(product, transpose, 0, 5, 3, 1, 0);
        check(product, transpose, 5, 0, 3, 1, 0);
        check(product, transpose, 0, 0, 0, 1, 0.5);
      }
    }
  }

  @Test
  void multiply_shapesAroundTheBlocks_areWithinRounding() {
    for (KernelSet kernels : Samples.kernelSets()) {
      // One instance throughout: its buffers grow, and later hold leftovers of larger products.
      for (Product product : List.of(Product.packed(kernels), new Gemm(kernels)::multiply)) {
        for (Transpose transpose : Transpose.values()) {
          for (int step = -1; step <= 1; step++) {
            int rows = PackedGemm.ROWS + step;
            int depth = PackedGemm.DEPTH + step;
            int columns = PackedGemm.BLOCK_COLUMNS + step;
            check(product, transpose, rows, 5, 3, -1.3, 0.5);
            check(product, transpose, 2 * rows, 3, depth, 1, 1);
            check(product, transpose, 5, 3, 2 * depth, 1, 0);
            check(product, transpose, 3, columns, 2, 1, 0.5);
            check(product, transpose, 7, 6, 5, 1, 0);
          }
        }
      }
    }
  }

  @Test
  void multiply_bothSidesOfTheChangeOfAlgorithm_isWithinRounding() {
    int side = UnpackedGemm.SHORT_SIDE;
    int depth = UnpackedGemm.MOST_ELEMENTS / (side + 1);
    int thinDepth = UnpackedGemm.MOST_ELEMENTS_THIN / side;
    assertTrue(UnpackedGemm.isFaster(side + 1, side + 1, depth));
    assertFalse(UnpackedGemm.isFaster(side + 1, side + 1, depth + 1));
    assertTrue(UnpackedGemm.isFaster(side, side + 1, thinDepth));
    assertFalse(UnpackedGemm.isFaster(side, side + 1, thinDepth + 1));
    assertFalse(UnpackedGemm.isFaster(1 << 20, 1, 1 << 20), "no overflow");
    Product product = new Gemm()::multiply;
    for (int step = 0; step <= 1; step++) {
      check(product, Transpose.NO, side + 1, side + 1, depth + step, -1.3, 0.5);
      check(product, Transpose.YES, side, side + 1, thinDepth + step, 1, 0);
    }
  }

  @Test
  void multiply_productsThatDropTermsReadTheOutputOrMissTheEdge_areRejected() {
    KernelSet kernels = Samples.compiled();
    for (Product right : List.of(Product.packed(kernels), Product.unpacked(kernels))) {
      Product dropsTerm =
          (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
              right.apply(ta, tb, m, n, k & ~1, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
      assertRejected(() -> scalars(kernels, dropsTerm));
      Product readsOutput =
          (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
            double kept = beta == 0 ? 1 : beta;
            right.apply(ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, kept, c, co, ldc);
          };
      assertRejected(() -> scalars(kernels, readsOutput));
      Product missesEdge =
          (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
            int rows = m / kernels.level3().tileRows() * kernels.level3().tileRows();
            right.apply(ta, tb, rows, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
          };
      assertRejected(() -> tiles(kernels, missesEdge));
      Product writesBeside =
          (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
            right.apply(ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
            c[co + m + (n - 1) * ldc] = 0;
          };
      assertRejected(() -> tiles(kernels, writesBeside));
    }
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
    for (KernelSet kernels : Samples.kernelSets()) {
      int rows = kernels.level3().tileRows();
      int columns = kernels.level3().tileColumns();
      for (int depth : new int[] {0, 1, 2, 7, 8, 9, 100}) {
        String where = kernels.name() + " tile, depth " + depth;
        Guarded a = Guarded.matrix(rows, depth, rows, 3, random);
        Guarded b = Guarded.matrix(columns, depth, columns, 1, random);
        Guarded start = Guarded.matrix(rows, columns, rows + 1, 2, random);
        Guarded c = start.copy();
        kernels.level3().gemmTile(depth, -1.3, a.data, 3, b.data, 1, c.data, 2, c.ld);
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

  private static void tiles(KernelSet kernels, Product product) {
    ProductCheck.tiles(
        false, kernels.level3().tileRows(), kernels.level3().tileColumns(), 3, product);
  }

  private static void scalars(KernelSet kernels, Product product) {
    ProductCheck.scalars(
        false, kernels.level3().tileRows() + 1, kernels.level3().tileColumns() + 1, product);
  }

  private static void check(
      Product product, Transpose transpose, int m, int n, int k, double alpha, double beta) {
    ProductCheck.check(false, product, transpose, transpose, m, n, k, alpha, beta);
  }

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
