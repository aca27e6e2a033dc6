package eigengrad.simd;

import java.util.Arrays;

/**
 * The matrix product C ← α·op(A)·op(B) + βC, and its forms that update one triangle of C.
 *
 * <p>Small products read the operands where they lie, large ones copy blocks of them into the order
 * of the kernel. An instance owns the buffers for that: reuse it to allocate nothing, and give each
 * thread its own.
 */
public final class Gemm {
  private final KernelSet kernels;
  private final UnpackedGemm unpacked;
  private final PackedGemm packed;

  /** A product on the active kernels. */
  public Gemm() {
    this(Kernels.active());
  }

  /**
   * A product on given kernels.
   *
   * @param kernels the set to run on
   */
  public Gemm(KernelSet kernels) {
    this.kernels = kernels;
    this.unpacked = new UnpackedGemm(kernels);
    this.packed = new PackedGemm(kernels);
  }

  /**
   * A product on the active kernels for each worker.
   *
   * @param gemms kept so far
   * @param workers how many need one
   * @return the array itself where it has as many
   */
  public static Gemm[] perWorker(Gemm[] gemms, int workers) {
    if (gemms.length >= workers) {
      return gemms;
    }
    Gemm[] result = Arrays.copyOf(gemms, workers);
    for (int worker = gemms.length; worker < workers; worker++) {
      result[worker] = new Gemm();
    }
    return result;
  }

  /**
   * C ← op(A)·op(B) for whole matrices: each starts at 0 and has no gaps between its columns. Cost:
   * 2·m·n·k flops.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param a A as stored: m×k, or k×m when transposed
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param c C, overwritten; overlaps neither A nor B
   */
  public void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double[] a,
      double[] b,
      double[] c) {
    multiply(transposeA, transposeB, m, n, k, 1, a, b, 0, c);
  }

  /**
   * C ← α·op(A)·op(B) + βC for whole matrices: each starts at 0 and has no gaps between its
   * columns. Cost: 2·m·n·k flops.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param alpha α
   * @param a A as stored: m×k, or k×m when transposed
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param beta β; with 0, C is overwritten
   * @param c C, updated; overlaps neither A nor B
   */
  public void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      double[] b,
      double beta,
      double[] c) {
    int lda = transposeA == Transpose.NO ? m : k;
    int ldb = transposeB == Transpose.NO ? k : n;
    multiply(transposeA, transposeB, m, n, k, alpha, a, 0, lda, b, 0, ldb, beta, c, 0, m);
  }

  /**
   * C ← α·op(A)·op(B) + βC in 2·m·n·k flops.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param alpha α
   * @param a A as stored: m×k, or k×m when transposed
   * @param aOffset where A starts
   * @param lda leading dimension of A
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param bOffset where B starts
   * @param ldb leading dimension of B
   * @param beta β; with 0, C is overwritten
   * @param c C, updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ m
   */
  public void multiply(
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
      int ldc) {
    multiply(
        false,
        transposeA,
        transposeB,
        m,
        n,
        k,
        alpha,
        a,
        aOffset,
        lda,
        b,
        bOffset,
        ldb,
        beta,
        c,
        cOffset,
        ldc);
  }

  /**
   * The lower triangle of C ← op(A)·op(B) for whole matrices: each starts at 0 and has no gaps
   * between its columns. Cost: n²·k flops.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param n rows of op(A), columns of op(B), order of C
   * @param k columns of op(A), rows of op(B)
   * @param a A as stored: n×k, or k×n when transposed
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param c C, its lower triangle overwritten; overlaps neither A nor B
   */
  public void multiplyLower(
      Transpose transposeA,
      Transpose transposeB,
      int n,
      int k,
      double[] a,
      double[] b,
      double[] c) {
    int lda = transposeA == Transpose.NO ? n : k;
    int ldb = transposeB == Transpose.NO ? k : n;
    multiplyLower(transposeA, transposeB, n, k, 1, a, 0, lda, b, 0, ldb, 0, c, 0, n);
  }

  /**
   * The lower triangle of C ← α·op(A)·op(B) + βC for a square C, in n²·k flops: for products known
   * to be symmetric, such as VΛVᵀ. The BLAS calls it gemmtr. What lies above the diagonal of C is
   * neither read nor written.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param n rows of op(A), columns of op(B), order of C
   * @param k columns of op(A), rows of op(B)
   * @param alpha α
   * @param a A as stored: n×k, or k×n when transposed
   * @param aOffset where A starts
   * @param lda leading dimension of A
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param bOffset where B starts
   * @param ldb leading dimension of B
   * @param beta β; with 0, the triangle is overwritten
   * @param c C, updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ n
   */
  public void multiplyLower(
      Transpose transposeA,
      Transpose transposeB,
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
      int ldc) {
    multiply(
        true,
        transposeA,
        transposeB,
        n,
        n,
        k,
        alpha,
        a,
        aOffset,
        lda,
        b,
        bOffset,
        ldb,
        beta,
        c,
        cOffset,
        ldc);
  }

  /**
   * The symmetric rank-k update C ← α·op(A)·op(A)ᵀ + βC, lower triangle only, in n²·k flops.
   *
   * @param transpose whether op(A) is Aᵀ; then the update is that by the Gram matrix AᵀA
   * @param n rows of op(A), order of C
   * @param k columns of op(A)
   * @param alpha α
   * @param a A as stored: n×k, or k×n when transposed
   * @param aOffset where A starts
   * @param lda leading dimension of A
   * @param beta β; with 0, the triangle is overwritten
   * @param c C, updated; does not overlap A
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ n
   */
  public void syrk(
      Transpose transpose,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    multiplyLower(
        transpose,
        other(transpose),
        n,
        k,
        alpha,
        a,
        aOffset,
        lda,
        a,
        aOffset,
        lda,
        beta,
        c,
        cOffset,
        ldc);
  }

  /**
   * The symmetric rank-2k update C ← α(op(A)·op(B)ᵀ + op(B)·op(A)ᵀ) + βC, lower triangle only, in
   * 2n²·k flops.
   *
   * @param transpose whether op(A) is Aᵀ and op(B) is Bᵀ
   * @param n rows of op(A) and op(B), order of C
   * @param k columns of op(A) and op(B)
   * @param alpha α
   * @param a A as stored: n×k, or k×n when transposed
   * @param aOffset where A starts
   * @param lda leading dimension of A
   * @param b B as stored, like A
   * @param bOffset where B starts
   * @param ldb leading dimension of B
   * @param beta β; with 0, the triangle is overwritten
   * @param c C, updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ n
   */
  public void syr2k(
      Transpose transpose,
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
      int ldc) {
    Transpose other = other(transpose);
    multiplyLower(
        transpose, other, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc);
    multiplyLower(
        transpose, other, n, k, alpha, b, bOffset, ldb, a, aOffset, lda, 1, c, cOffset, ldc);
  }

  private static Transpose other(Transpose transpose) {
    return transpose == Transpose.NO ? Transpose.YES : Transpose.NO;
  }

  private void multiply(
      boolean lower,
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
      int ldc) {
    boolean none = m == 0 || n == 0 || k == 0 || alpha == 0;
    if (!none && UnpackedGemm.isFaster(m, n, k)) {
      unpacked.multiply(
          lower,
          transposeA,
          transposeB,
          m,
          n,
          k,
          alpha,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          beta,
          c,
          cOffset,
          ldc);
      return;
    }
    applyBeta(lower, m, n, beta, c, cOffset, ldc);
    if (!none) {
      packed.multiply(
          lower,
          transposeA,
          transposeB,
          m,
          n,
          k,
          alpha,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          c,
          cOffset,
          ldc);
    }
  }

  private void applyBeta(
      boolean lower, int m, int n, double beta, double[] c, int cOffset, int ldc) {
    if (beta == 1) {
      return;
    }
    for (int j = 0; j < n; j++) {
      int first = lower ? j : 0;
      int start = cOffset + first + j * ldc;
      kernels.level1().scaleOrClear(m - first, beta, c, start);
    }
  }
}
