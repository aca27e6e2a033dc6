package eigengrad.simd.vector;

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

  private Tiles() {}
}
