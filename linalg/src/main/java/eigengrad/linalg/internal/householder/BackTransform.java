package eigengrad.linalg.internal.householder;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Z ← QZ, from vectors of a reduced matrix to those of the matrix; Q is a product of reflectors.
 *
 * <p>All panels are packed once; then a few columns of Z at a time go through all of them in a tile
 * that stays in cache. Cost: 4mpk − 2p²k flops for k columns of m rows and p reflectors.
 */
public final class BackTransform {
  private static final double[] NO_VECTORS = {};

  private final int tileColumns = Kernels.reduction().reflectorColumns(Integer.MAX_VALUE);
  private final ChunkBody packing = this::packPanel;
  private final ChunkBody application = this::applyToTile;
  private final Reflectors reflectors;
  private final ReflectorPanels panels;
  private int count;

  /** One per worker: some columns of Z, row after row. */
  private double[][] tiles = {};

  /** The caller's; not kept. */
  private double[] z = NO_VECTORS;

  private int ldz;
  private int columns;

  /**
   * A transformation to be used for any number of matrices, one after the other.
   *
   * @param reflectors Q's, at any time those of the last matrix reduced
   */
  public BackTransform(Reflectors reflectors) {
    this.reflectors = reflectors;
    this.panels = new ReflectorPanels(reflectors, false);
  }

  /**
   * Z ← QZ.
   *
   * @param vectors Z, m×k, overwritten
   * @param leadingDimension of Z, ≥ m
   * @param columnCount k
   * @param crew does the work
   */
  public void apply(double[] vectors, int leadingDimension, int columnCount, Crew crew) {
    z = vectors;
    ldz = leadingDimension;
    columns = columnCount;
    count = (reflectors.count() + ReflectorPanels.WIDTH - 1) / ReflectorPanels.WIDTH;
    panels.ensure(count);
    tiles = Buffers.perWorker(tiles, crew.size(), reflectors.rows() * tileColumns);
    crew.run(count, packing);
    crew.requireNotInterrupted();
    crew.run((columns + tileColumns - 1) / tileColumns, application);
    z = NO_VECTORS;
  }

  private void packPanel(int panel, int worker) {
    panels.pack(panel, panel);
  }

  private void applyToTile(int chunk, int worker) {
    double[] tile = tiles[worker];
    int n = reflectors.rows();
    int corner = chunk * tileColumns * ldz;
    int width = Math.min(tileColumns, columns - chunk * tileColumns);
    int padded = Kernels.reduction().reflectorColumns(width);
    if (width < padded) {
      Arrays.fill(tile, 0, n * padded, 0);
    }
    Kernels.transposition().transpose(n, width, z, corner, ldz, tile, 0, padded);
    for (int panel = count - 1; panel >= 0; panel--) {
      panels.apply(panel, panel, padded, tile, 0);
    }
    Kernels.transposition().transpose(width, n, tile, 0, padded, z, corner, ldz);
  }
}
