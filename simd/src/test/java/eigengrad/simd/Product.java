package eigengrad.simd;

/** The signature of {@link Gemm#multiply}. */
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

  /** The algorithm for small products, at every size. */
  static Product unpacked(KernelSet kernels) {
    UnpackedGemm gemm = new UnpackedGemm(kernels);
    return (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
        gemm.multiply(false, ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
  }

  /** The algorithm for large products, at every size; β, which it has not, applied before. */
  static Product packed(KernelSet kernels) {
    PackedGemm gemm = new PackedGemm(kernels);
    return (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
      scale(false, m, n, beta, c, co, ldc);
      gemm.multiply(false, ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, c, co, ldc);
    };
  }

  /** {@link #unpacked} on a lower triangle. */
  static Product unpackedLower(KernelSet kernels) {
    UnpackedGemm gemm = new UnpackedGemm(kernels);
    return (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) ->
        gemm.multiply(true, ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
  }

  /** {@link #packed} on a lower triangle. */
  static Product packedLower(KernelSet kernels) {
    PackedGemm gemm = new PackedGemm(kernels);
    return (ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, beta, c, co, ldc) -> {
      scale(true, m, n, beta, c, co, ldc);
      gemm.multiply(true, ta, tb, m, n, k, alpha, a, ao, lda, b, bo, ldb, c, co, ldc);
    };
  }

  private static void scale(
      boolean lower, int m, int n, double beta, double[] c, int cOffset, int ldc) {
    for (int j = 0; j < n; j++) {
      for (int i = lower ? j : 0; i < m; i++) {
        int element = cOffset + i + j * ldc;
        c[element] = beta == 0 ? 0 : beta * c[element];
      }
    }
  }
}
