package eigengrad.simd;

import java.util.Random;
import java.util.TreeSet;

/** Compares a product with the reference, every element of C and everything beside it. */
final class ProductCheck {
  private ProductCheck() {}

  /** Shapes on both sides of the multiples of a tile. */
  static void tiles(boolean lower, int tileRows, int tileColumns, int tiles, Product product) {
    for (int m : aroundMultiples(tileRows, tiles)) {
      if (lower) {
        check(true, product, Transpose.NO, Transpose.YES, m, m, 9, -1.3, 0.5);
        continue;
      }
      for (int n : aroundMultiples(tileColumns, tiles)) {
        check(false, product, Transpose.NO, Transpose.YES, m, n, 9, -1.3, 0.5);
      }
    }
  }

  /** Every transpose, α and β at every depth. */
  static void scalars(boolean lower, int m, int n, Product product) {
    for (Transpose transposeA : Transpose.values()) {
      for (Transpose transposeB : Transpose.values()) {
        for (double alpha : Samples.ALPHAS) {
          for (double beta : Samples.BETAS) {
            for (int k : Samples.sizes()) {
              check(lower, product, transposeA, transposeB, m, n, k, alpha, beta);
            }
          }
        }
      }
    }
  }

  static void check(
      boolean lower,
      Product product,
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double beta) {
    String where =
        "gemm%s A %s B %s %d×%d×%d α=%s β=%s"
            .formatted(lower ? "tr" : "", transposeA, transposeB, m, n, k, alpha, beta);
    Random random = new Random(11);
    boolean aStored = transposeA == Transpose.NO;
    boolean bStored = transposeB == Transpose.NO;
    Guarded a = Guarded.matrix(aStored ? m : k, aStored ? k : m, Math.max(m, k) + 1, 1, random);
    Guarded b = Guarded.matrix(bStored ? k : n, bStored ? n : k, Math.max(n, k) + 2, 5, random);
    Guarded start =
        lower ? Guarded.lowerTriangle(n, n + 3, 2, random) : Guarded.matrix(m, n, m + 3, 2, random);
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
      for (int i = lower ? j : 0; i < m; i++) {
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

  private static int[] aroundMultiples(int tile, int multiples) {
    TreeSet<Integer> sizes = new TreeSet<>();
    sizes.add(1);
    for (int tiles = 1; tiles <= multiples; tiles++) {
      for (int step = -1; step <= 1; step++) {
        sizes.add(Math.max(1, tiles * tile + step));
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }
}
