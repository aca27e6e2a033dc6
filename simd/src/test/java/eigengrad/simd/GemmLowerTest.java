package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The products that update a lower triangle, by either algorithm; what is above it is guards. */
class GemmLowerTest {
  @Test
  void multiplyLower_wholeMatrices_isTheTriangleWithoutOffsetsAndGaps() {
    Random random = new Random(15);
    int n = 5;
    int k = 7;
    double[] a = random.doubles((long) n * k, -1, 1).toArray();
    double[] b = random.doubles((long) n * k, -1, 1).toArray();
    double[] expected = random.doubles((long) n * n, -1, 1).toArray();
    double[] c = expected.clone();
    Gemm gemm = new Gemm();
    for (Transpose transposeA : Transpose.values()) {
      for (Transpose transposeB : Transpose.values()) {
        int lda = transposeA == Transpose.NO ? n : k;
        int ldb = transposeB == Transpose.NO ? k : n;
        gemm.multiplyLower(
            transposeA, transposeB, n, k, 1, a, 0, lda, b, 0, ldb, 0, expected, 0, n);
        gemm.multiplyLower(transposeA, transposeB, n, k, a, b, c);
        assertArrayEquals(expected, c);
      }
    }
  }

  @Test
  void multiplyLower_shapesAroundTheTile_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (Product product : products(kernels)) {
        ProductCheck.tiles(
            true, kernels.level3().tileRows(), kernels.level3().tileColumns(), 7, product);
        ProductCheck.tiles(
            true, kernels.level3().tileColumns(), kernels.level3().tileRows(), 7, product);
      }
    }
  }

  @Test
  void multiplyLower_everyTransposeScalarAndDepth_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (Product product : products(kernels)) {
        for (int n : new int[] {1, 3, 16, kernels.level3().tileRows() + 3}) {
          ProductCheck.scalars(true, n, n, product);
        }
      }
    }
  }

  @Test
  void multiplyLower_shapesAroundTheBlocks_isWithinRounding() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Product product = Product.packedLower(kernels);
      for (int step = -1; step <= 1; step++) {
        int order = PackedGemm.ROWS + step;
        check(product, 2 * order, 3, 1, 1);
        check(product, 5, 2 * PackedGemm.DEPTH + step, -1.3, 0.5);
      }
      check(product, PackedGemm.BLOCK_COLUMNS + 1, 2, 1, 0);
    }
  }

  @Test
  void multiplyLower_productsThatWriteAboveOrMissTheDiagonal_areRejected() {
    KernelSet kernels = Samples.compiled();
    assertRejected(Product.packed(kernels));
    assertRejected(Product.unpacked(kernels));
    for (Product right : products(kernels)) {
      assertRejected(
          (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
            int last = co + (n - 1) * (ldc + 1);
            double corner = c[last];
            right.apply(ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
            c[last] = corner;
          });
    }
  }

  @Test
  void syrk_bothTransposes_isTheProductWithItsOwnTranspose() {
    Random random = new Random(16);
    for (KernelSet kernels : Samples.kernelSets()) {
      Gemm gemm = new Gemm(kernels);
      for (Transpose transpose : Transpose.values()) {
        for (int n : Samples.sizes()) {
          int k = 1 + n % 37;
          Guarded a = operand(transpose, n, k, random);
          Guarded start = Guarded.lowerTriangle(n, n + 2, 3, random);
          Guarded c = start.copy();
          gemm.syrk(transpose, n, k, -1.3, a.data, a.offset, a.ld, 0.5, c.data, c.offset, c.ld);
          assertTriangle(transpose, n, k, a, a, false, start, c);
        }
      }
    }
  }

  @Test
  void syr2k_bothTransposes_isTheSumOfBothProducts() {
    Random random = new Random(17);
    for (KernelSet kernels : Samples.kernelSets()) {
      Gemm gemm = new Gemm(kernels);
      for (Transpose transpose : Transpose.values()) {
        for (int n : Samples.sizes()) {
          int k = 1 + n % 37;
          Guarded a = operand(transpose, n, k, random);
          Guarded b = operand(transpose, n, k, random);
          Guarded start = Guarded.lowerTriangle(n, n + 2, 3, random);
          Guarded c = start.copy();
          gemm.syr2k(
              transpose, n, k, -1.3, a.data, a.offset, a.ld, b.data, b.offset, b.ld, 0.5, c.data,
              c.offset, c.ld);
          assertTriangle(transpose, n, k, a, b, true, start, c);
        }
      }
    }
  }

  private static List<Product> products(KernelSet kernels) {
    Gemm gemm = new Gemm(kernels);
    return List.of(
        Product.packedLower(kernels),
        Product.unpackedLower(kernels),
        (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
            gemm.multiplyLower(ta, tb, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc));
  }

  private static Guarded operand(Transpose transpose, int n, int k, Random random) {
    return transpose == Transpose.NO
        ? Guarded.matrix(n, k, n + 1, 2, random)
        : Guarded.matrix(k, n, k + 1, 2, random);
  }

  /** C = −1.3·op(A)op(B)ᵀ + 0.5·start, and with {@code both} the transposed product added. */
  private static void assertTriangle(
      Transpose transpose,
      int n,
      int k,
      Guarded a,
      Guarded b,
      boolean both,
      Guarded start,
      Guarded c) {
    String where = (both ? "syr2k " : "syrk ") + transpose + " " + n + "×" + k;
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        ExpectedSum expected = new ExpectedSum().add(0.5, start.get(i, j));
        for (int p = 0; p < k; p++) {
          expected.add(-1.3, row(transpose, a, i, p), row(transpose, b, j, p));
          if (both) {
            expected.add(-1.3, row(transpose, b, i, p), row(transpose, a, j, p));
          }
        }
        expected.assertMatches(c.get(i, j), where + " (" + i + ", " + j + ")");
      }
    }
    c.assertGuardsIntact(where);
  }

  private static double row(Transpose transpose, Guarded matrix, int i, int p) {
    return transpose == Transpose.NO ? matrix.get(i, p) : matrix.get(p, i);
  }

  private static void check(Product product, int n, int k, double alpha, double beta) {
    ProductCheck.check(true, product, Transpose.NO, Transpose.YES, n, n, k, alpha, beta);
  }

  private static void assertRejected(Product product) {
    assertThrows(AssertionError.class, () -> ProductCheck.tiles(true, 8, 8, 3, product));
  }
}
