package eigengrad.linalg.internal.householder;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Householder factorisation A = QR of an m×n matrix, m ≥ n: Q = H₀…Hₙ₋₁, R upper triangular.
 *
 * <p>The matrix is stored in tiles of some columns, each row after row. A few columns at a time are
 * taken out and made reflectors of, which are applied to the tile they are from; when it is done
 * with, its reflectors are applied to all tiles behind it. Cost: 2n²(m − n/3) flops.
 */
public final class HouseholderQr {
  /** Columns whose reflectors are applied together to the tiles behind them. */
  private static final int BLOCK_COLUMNS = 32;

  private final ChunkBody application = this::applyToTile;
  private final Householder householder = new Householder();
  private final Reflectors reflectors = new Reflectors(0);
  private final ReflectorPanels panels = new ReflectorPanels(reflectors, true);
  private int m;
  private int n;

  /** Columns of a tile, and how many tiles and panels are done with together. */
  private int tileColumns;

  private int blockTiles;
  private int blockPanels;
  private double[] tiles = Buffers.NONE;

  /** R. */
  private double[] triangle = Buffers.NONE;

  /** The round: the panels that are applied, and the first tile they are applied to. */
  private int firstPanel;

  private int endPanel;
  private int firstTile;

  /** A factorisation to be used for any number of matrices, one after the other. */
  public HouseholderQr() {}

  /**
   * Factors a matrix. What the last one left is overwritten.
   *
   * @param rows m, ≥ n
   * @param columns n
   * @param matrix m×n; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param crew does the work
   */
  public void factor(int rows, int columns, double[] matrix, int exponent, Crew crew) {
    m = rows;
    n = columns;
    reflectors.resize(m, n);
    panels.begin();
    tileColumns = Kernels.reduction().reflectorColumns(panels.width(), n);
    blockTiles = BLOCK_COLUMNS / tileColumns;
    blockPanels = BLOCK_COLUMNS / panels.width();
    panels.ensure(blockPanels);
    int count = tileCount();
    tiles =
        Buffers.atLeast(
            tiles, ArraySize.of("copy", m, (long) count * tileColumns, Reflectors.LOWER_ORDER));
    for (int tile = 0; tile < count; tile++) {
      take(tile, matrix);
    }
    PowerOfTwo.scale(count * tileColumns * m, exponent, tiles, 0);
    int end = panels.count();
    for (int first = 0; first < end; first += blockPanels) {
      crew.requireNotInterrupted();
      factorBlock(first, Math.min(first + blockPanels, end));
      firstPanel = first;
      endPanel = Math.min(first + blockPanels, end);
      firstTile = (first / blockPanels + 1) * blockTiles;
      crew.run(Math.max(count - firstTile, 0), application);
    }
  }

  private int tileCount() {
    return (n + tileColumns - 1) / tileColumns;
  }

  private void take(int tile, double[] matrix) {
    int width = Math.min(tileColumns, n - tile * tileColumns);
    int start = tile * tileColumns * m;
    if (width < tileColumns) {
      Arrays.fill(tiles, start, start + tileColumns * m, 0);
    }
    Kernels.transposition().transpose(m, width, matrix, start, m, tiles, start, tileColumns);
  }

  /** Makes the reflectors of a block of tiles, panel by panel. */
  private void factorBlock(int first, int end) {
    for (int panel = first; panel < end; panel++) {
      makeReflectors(panel);
      panels.pack(panel, panel - first);
      int block = first / blockPanels * blockTiles;
      for (int tile = block; tile < Math.min(block + blockTiles, tileCount()); tile++) {
        apply(panel, panel - first, tile);
      }
    }
  }

  private void makeReflectors(int panel) {
    int first = panel * panels.width();
    int end = Math.min(first + panels.width(), n);
    double[] vectors = reflectors.vectors();
    int ld = reflectors.leadingDimension();
    int together = Math.min(tileColumns, panels.width());
    for (int j = first; j < end; j += together) {
      int from = (j / tileColumns * m + first) * tileColumns + j % tileColumns;
      int width = Math.min(together, end - j);
      Kernels.transposition()
          .transpose(width, m - first, tiles, from, tileColumns, vectors, first + j * ld, ld);
    }
    for (int j = first; j < end; j++) {
      int start = reflectors.start(j);
      householder.make(m - j, vectors, start);
      reflectors.setTau(j, householder.tau());
      for (int k = j + 1; k < end; k++) {
        double product = Kernels.level1().dot(m - j, vectors, start, vectors, j + k * ld);
        Kernels.level1()
            .axpy(m - j, -householder.tau() * product, vectors, start, vectors, j + k * ld);
      }
    }
  }

  private void applyToTile(int chunk, int worker) {
    for (int panel = firstPanel; panel < endPanel; panel++) {
      apply(panel, panel - firstPanel, firstTile + chunk);
    }
  }

  /** The rows above a panel are not touched; columns that are done with are zero below. */
  private void apply(int panel, int place, int tile) {
    panels.apply(panel, place, tileColumns, tiles, tile * tileColumns * m);
  }

  /**
   * R.
   *
   * @return n×n, with zeros below the diagonal, overwritten by the next call
   */
  public double[] triangle() {
    int padded = tileCount() * tileColumns;
    triangle = Buffers.atLeast(triangle, n * padded);
    for (int tile = 0; tile < tileCount(); tile++) {
      int start = tile * tileColumns;
      Kernels.transposition()
          .transpose(tileColumns, n, tiles, start * m, tileColumns, triangle, start * n, n);
    }
    for (int j = 0; j < n; j++) {
      Arrays.fill(triangle, j * n + j + 1, (j + 1) * n, 0);
    }
    return triangle;
  }

  /**
   * Q = H₀…Hₙ₋₁.
   *
   * @return the reflectors, overwritten by the next factorisation
   */
  public Reflectors reflectors() {
    return reflectors;
  }
}
