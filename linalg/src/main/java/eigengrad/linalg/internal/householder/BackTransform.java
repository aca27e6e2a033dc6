package eigengrad.linalg.internal.householder;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.AlignedBuffer;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Z ← QZ, from vectors of a reduced matrix to those of the matrix; Q is a product of reflectors.
 *
 * <p>All reflectors are packed once, long ones for many columns in {@link ReflectorBlocks}, others
 * in {@link ReflectorPanels}; then a few columns of Z at a time go through all of them in a tile
 * that stays in cache. Cost: 4mpk − 2p²k flops for k columns of m rows and p reflectors.
 */
public final class BackTransform {

  /**
   * How many tiles go through the reflectors together, whether they stay in a second-level cache or
   * not: from n = 2048 on, where two do not, all reflectors would come from memory for each.
   */
  private static final int GROUP = 4;

  /** From so many rows on, and for so many columns, blocks pay for their packing. */
  private static final int LONG = 384;

  private static final int MANY_COLUMNS = 64;

  private final ChunkBody packing = this::pack;
  private final ChunkBody application = this::applyToGroup;
  private final Reflectors reflectors;
  private final ReflectorPanels panels;
  private final ReflectorBlocks blocks;
  private final boolean mayUseBlocks;
  private boolean inBlocks;

  /** How many panels or blocks there are. */
  private int packs;

  /** Columns of a tile, and how many tiles go through the reflectors together. */
  private int tileColumns;

  private int tileElements;
  private int group;

  /** For each worker some tiles: columns of Z, row after row. */
  private AlignedBuffer[] tiles = {};

  /** For each worker what a block needs for itself. */
  private AlignedBuffer[] work = {};

  /** The caller's; not kept. */
  private double[] z = Buffers.NONE;

  private int ldz;
  private int columns;

  /**
   * A transformation to be used for any number of matrices, one after the other.
   *
   * @param reflectors Q's, at any time those of the last matrix reduced
   */
  public BackTransform(Reflectors reflectors) {
    this(reflectors, true);
  }

  private BackTransform(Reflectors reflectors, boolean mayUseBlocks) {
    this.mayUseBlocks = mayUseBlocks;
    this.reflectors = reflectors;
    this.panels = new ReflectorPanels(reflectors, false);
    this.blocks = new ReflectorBlocks(reflectors);
  }

  /**
   * A transformation that takes up as much memory as the reflectors themselves, where blocks take
   * twice as much, and is a little slower for long reflectors.
   *
   * @param reflectors Q's, at any time those of the last matrix reduced
   * @return one that packs panels, whatever the order
   */
  public static BackTransform inPanels(Reflectors reflectors) {
    return new BackTransform(reflectors, false);
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
    inBlocks = mayUseBlocks && reflectors.rows() >= LONG && columns >= MANY_COLUMNS;
    if (inBlocks) {
      beginBlocks(crew);
    } else {
      beginPanels();
    }
    group = Math.clamp(tileCount(), 1, GROUP);
    tiles = AlignedBuffer.perWorker(tiles, crew.size(), group * tileElements);
    crew.run(packs, packing);
    crew.requireNotInterrupted();
    crew.run((tileCount() + group - 1) / group, application);
    z = Buffers.NONE;
  }

  private void beginBlocks(Crew crew) {
    blocks.begin();
    packs = blocks.count();
    tileColumns = blocks.tileColumns();
    tileElements = blocks.tileElements();
    work = AlignedBuffer.perWorker(work, crew.size(), blocks.workElements());
  }

  private void beginPanels() {
    panels.begin();
    packs = panels.count();
    panels.ensure(packs);
    tileColumns = Kernels.reduction().reflectorColumns(panels.width(), columns);
    tileElements = reflectors.rows() * tileColumns;
  }

  private void pack(int index, int worker) {
    if (inBlocks) {
      blocks.pack(index);
    } else {
      panels.pack(index, index);
    }
  }

  private int tileCount() {
    return (columns + tileColumns - 1) / tileColumns;
  }

  /** Packed reflectors stay in cache from one tile of the group to the next. */
  private void applyToGroup(int chunk, int worker) {
    double[] own = tiles[worker].elements();
    int origin = tiles[worker].origin();
    int first = chunk * group;
    int count = Math.min(group, tileCount() - first);
    for (int i = 0; i < count; i++) {
      take(first + i, own, origin + i * tileElements);
    }
    for (int pack = packs - 1; pack >= 0; pack--) {
      for (int i = 0; i < count; i++) {
        int start = origin + i * tileElements;
        if (inBlocks) {
          blocks.apply(pack, own, start, work[worker]);
        } else {
          panels.apply(pack, pack, tileColumns, own, start);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      giveBack(first + i, own, origin + i * tileElements);
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
