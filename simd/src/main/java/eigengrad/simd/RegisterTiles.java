package eigengrad.simd;

/**
 * The sizes that kernels of vectors agree on with their callers, and with the plain loops that
 * stand in for them.
 *
 * @param lanes doubles in a vector: 2, 4 or 8
 * @param manyRegisters whether there are 32 vector registers, and not 16
 */
public record RegisterTiles(int lanes, boolean manyRegisters) {
  /** Columns of a tile of {@link Level3#gemmUnpacked}: 12 accumulators in three vectors of rows. */
  public static final int UNPACKED_COLUMNS = 4;

  /** As many with 32 registers: 16 accumulators in two vectors of rows, or eight in one. */
  public static final int MANY_COLUMNS = 8;

  /** Columns that share each load and store of the long vector in {@link Reduction#gemvt}. */
  public static final int GEMVT_COLUMNS = 4;

  /** Reflectors applied at once. */
  public static final int FEW_REFLECTORS = 4;

  /** As many with 32 registers on high tiles: they halve the traffic with the tile's cache. */
  public static final int MANY_REFLECTORS = 8;

  /** Fewer rows are in the nearest cache, and do not make up for the larger factor T. */
  private static final int LOW_TILE = 128;

  /**
   * Those of this processor.
   *
   * @param bits of a vector
   * @return 32 registers on 512-bit x86 and all 64-bit Arm
   */
  public static RegisterTiles ofProcessor(int bits) {
    boolean manyRegisters = bits == 512 || "aarch64".equals(System.getProperty("os.arch"));
    return new RegisterTiles(bits / Double.SIZE, manyRegisters);
  }

  /**
   * Rows of a tile of {@link Level3#gemmTile}.
   *
   * @return two vectors
   */
  public int gemmRows() {
    return 2 * lanes;
  }

  /**
   * Columns of a tile of {@link Level3#gemmTile}.
   *
   * <p>32 registers hold 24 accumulators, 2 columns of A and a broadcast: 12. With 16 registers 10
   * accumulators are the most that do not spill: 5.
   *
   * @return columns
   */
  public int gemmColumns() {
    return manyRegisters ? 12 : 5;
  }

  /**
   * Rows of a strip of {@link Reduction#syr2Symv}: 16 vectors for p, q, x and y of the strip, 3
   * broadcasts, the strip itself and 2 sums.
   *
   * @return four vectors
   */
  public int stripRows() {
    return 4 * lanes;
  }

  /**
   * What {@link Reduction#reflectorCount} says.
   *
   * @param rows of the tile
   * @return reflectors
   */
  public int reflectorCount(int rows) {
    return manyRegisters && rows > LOW_TILE ? MANY_REFLECTORS : FEW_REFLECTORS;
  }

  /**
   * What {@link Reduction#reflectorColumns} says.
   *
   * @param count reflectors at once
   * @param wanted columns there are
   * @return columns of a tile
   */
  public int reflectorColumns(int count, int wanted) {
    int narrow = 2 * lanes;
    return manyRegisters && count == FEW_REFLECTORS && wanted > narrow ? 2 * narrow : narrow;
  }
}
