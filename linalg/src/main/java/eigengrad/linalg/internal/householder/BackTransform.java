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

  /** What the tiles hold that go through the panels together, in elements: half of an L2 cache. */
  private static final int GROUP_ELEMENTS = 1 << Integer.getInteger("ge", 16);

  private static final int LARGEST_GROUP = Integer.getInteger("lg", 4);

  private final ChunkBody packing = this::packBlock;
  private final ChunkBody application = this::applyToGroup;
  private final Reflectors reflectors;
  private final ReflectorBlocks blocks;
  private final int tileColumns;
  private int tileElements;

  /** How many tiles go through the blocks together. */
  private int group;

  /** For each worker some tiles: columns of Z, row after row. */
  private double[][] tiles = {};

  private double[][] work = {};

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
    this.blocks = new ReflectorBlocks(reflectors);
    this.tileColumns = blocks.tileColumns();
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
    blocks.begin();
    tileElements = blocks.tileElements();
    int fitting = Math.clamp(GROUP_ELEMENTS / tileElements, 1, LARGEST_GROUP);
    group = Math.clamp(tileCount(), 1, fitting);
    tiles = Buffers.perWorker(tiles, crew.size(), group * tileElements);
    work = Buffers.perWorker(work, crew.size(), blocks.workElements());
    crew.run(blocks.count(), packing);
    crew.requireNotInterrupted();
    crew.run((tileCount() + group - 1) / group, application);
    z = NO_VECTORS;
  }

  private void packBlock(int block, int worker) {
    blocks.pack(block);
  }

  private int tileCount() {
    return (columns + tileColumns - 1) / tileColumns;
  }

  /** A panel stays in cache from one tile of the group to the next. */
  private void applyToGroup(int chunk, int worker) {
    double[] own = tiles[worker];
    int first = chunk * group;
    int count = Math.min(group, tileCount() - first);
    for (int i = 0; i < count; i++) {
      take(first + i, own, i * tileElements);
    }
    for (int block = blocks.count() - 1; block >= 0; block--) {
      for (int i = 0; i < count; i++) {
        blocks.apply(block, own, i * tileElements, work[worker]);
      }
    }
    for (int i = 0; i < count; i++) {
      giveBack(first + i, own, i * tileElements);
    }
  }

  private void take(int tile, double[] own, int start) {
    int width = width(tile);
    if (width < tileColumns) {
      Arrays.fill(own, start, start + tileElements, 0);
    }
    int corner = tile * tileColumns * ldz;
    Kernels.transposition()
        .transpose(reflectors.rows(), width, z, corner, ldz, own, start, tileColumns);
  }

  private void giveBack(int tile, double[] own, int start) {
    int corner = tile * tileColumns * ldz;
    Kernels.transposition()
        .transpose(width(tile), reflectors.rows(), own, start, tileColumns, z, corner, ldz);
  }

  /** Columns of Z in a tile: the last may be narrow. */
  private int width(int tile) {
    return Math.min(tileColumns, columns - tile * tileColumns);
  }
}
