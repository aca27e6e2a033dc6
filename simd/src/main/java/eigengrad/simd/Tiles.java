package eigengrad.simd;

/** Tile and block sizes, each with its reason. */
final class Tiles {
  /** Whether there are 32 vector registers: on 512-bit x86 and all 64-bit Arm. */
  static final boolean MANY_REGISTERS =
      Lanes.BITS == 512 || "aarch64".equals(System.getProperty("os.arch"));

  /**
   * Columns of a GEMM register tile of two vectors.
   *
   * <p>32 registers hold 24 accumulators, 2 columns of A and a broadcast: 12. With 16 registers 10
   * accumulators are the most that do not spill: 5. 512-bit x86 and all 64-bit Arm have 32.
   */
  static final int GEMM_COLUMNS = MANY_REGISTERS ? 12 : 5;

  /** Depth of a packed block: a 12-column strip of B (24 KB) stays in a 32 KB first-level cache. */
  static final int GEMM_DEPTH = 256;

  /**
   * Rows of a packed block of A: 256 × 192 doubles (384 KB) stay in a 512 KB second-level cache.
   */
  static final int GEMM_ROWS = 192;

  /** Columns of a packed block of B: 256 × 1024 doubles (2 MB) stay in the last-level cache. */
  static final int GEMM_BLOCK_COLUMNS = 1024;

  /** Elements of A up to which a product is not packed: 128 × 128, 128 KB. */
  static final int GEMM_UNPACKED = 1 << 14;

  /** The same where C has a short side: 512 KB, a second-level cache. */
  static final int GEMM_UNPACKED_THIN = 1 << 16;

  /** A short side of C. */
  static final int GEMM_UNPACKED_SIDE = 64;

  /** Elements up to which a matrix is transposed at once: all that GEMM copies, 128 KB. */
  static final int TRANSPOSE_AT_ONCE = 1 << 14;

  /**
   * Rows of a larger matrix that are transposed together. They become columns that, at a leading
   * dimension of a power of two, share one cache set of 8 or 12 lines, and a line must still be
   * there when the next columns of the source fill the rest of it.
   */
  static final int TRANSPOSE_ROWS = 8;

  private Tiles() {}
}
