package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Z ← QZ, from eigenvectors of T to those of A.
 *
 * <p>Four reflectors at a time are HᵢHᵢ₊₁Hᵢ₊₂Hᵢ₊₃ = I − VTVᵀ with T upper triangular. All panels
 * are packed once; then a few columns of Z at a time go through all of them in a tile that stays in
 * cache. Cost: 2n²k flops for k columns. Source: R. Schreiber and C. F. Van Loan, <i>A
 * Storage-Efficient WY Representation for Products of Householder Transformations</i>, SIAM J. Sci.
 * Stat. Comput. 10 (1989).
 */
public final class BackTransform {
  private static final int PANEL = 4;
  private static final double[] NO_VECTORS = {};

  private final int tileColumns = Kernels.reduction().reflectorColumns(Integer.MAX_VALUE);
  private final ChunkBody packing = this::packPanel;
  private final ChunkBody application = this::applyToTile;
  private final Tridiagonalizer reduction;
  private int n;
  private int panels;

  /** V of panel after panel, each with n rows, those above its first reflector unused. */
  private double[] v = {};

  private double[] t = {};

  /** One per worker: some columns of Z, row after row. */
  private double[][] tiles = {};

  /** The caller's; not kept. */
  private double[] z = NO_VECTORS;

  private int columns;

  /**
   * A transformation to be used for any number of matrices, one after the other.
   *
   * @param reduction holds Q's reflectors, at any time those of the last matrix reduced
   */
  public BackTransform(Tridiagonalizer reduction) {
    this.reduction = reduction;
  }

  /**
   * Z ← QZ.
   *
   * @param vectors Z, n×k, overwritten
   * @param columnCount k
   * @param crew does the work
   */
  public void apply(double[] vectors, int columnCount, Crew crew) {
    n = reduction.size();
    z = vectors;
    columns = columnCount;
    ensure(crew.size());
    crew.run(panels, packing);
    crew.requireNotInterrupted();
    crew.run((columns + tileColumns - 1) / tileColumns, application);
    z = NO_VECTORS;
  }

  private void ensure(int workers) {
    panels = (reduction.reflectorCount() + PANEL - 1) / PANEL;
    v = Buffers.atLeast(v, reflectorElements());
    t = Buffers.atLeast(t, panels * PANEL * PANEL);
    tiles = Buffers.perWorker(tiles, workers, n * tileColumns);
  }

  private int reflectorElements() {
    return ArraySize.of("reflectors", n, (long) panels * PANEL, Tridiagonalizer.LOWER_ORDER);
  }

  private void packPanel(int panel, int worker) {
    int first = panel * PANEL;
    int count = Math.min(PANEL, reduction.reflectorCount() - first);
    int top = first + 1;
    int packed = (panel * n + top) * PANEL;
    if (count < PANEL) {
      Arrays.fill(v, packed, packed + (n - top) * PANEL, 0);
    }
    Kernels.transposition()
        .transpose(
            n - top,
            count,
            reduction.reflectors(),
            first * reduction.leadingDimension() + top,
            reduction.leadingDimension(),
            v,
            packed,
            PANEL);
    for (int k = 1; k < count; k++) {
      for (int i = 0; i < k; i++) {
        v[packed + i * PANEL + k] = 0;
      }
    }
    formT(panel * PANEL * PANEL, first, count);
  }

  /** T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·(Vᵀvₖ) and T(k, k) = τₖ. */
  private void formT(int small, int first, int count) {
    Arrays.fill(t, small, small + PANEL * PANEL, 0);
    double[] stored = reduction.reflectors();
    int ld = reduction.leadingDimension();
    for (int k = 0; k < count; k++) {
      double tau = reduction.tau(first + k);
      int column = small + k * PANEL;
      int start = first + 1 + k;
      int vk = (first + k) * ld + start;
      for (int j = 0; j < k; j++) {
        int vj = (first + j) * ld + start;
        t[column + j] = -tau * Kernels.level1().dot(n - start, stored, vj, stored, vk);
      }
      // In place from the top: a row reads those below it.
      for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int i = j; i < k; i++) {
          sum += t[small + j + i * PANEL] * t[column + i];
        }
        t[column + j] = sum;
      }
      t[column + k] = tau;
    }
  }

  private void applyToTile(int chunk, int worker) {
    double[] tile = tiles[worker];
    int corner = chunk * tileColumns * n;
    int width = Math.min(tileColumns, columns - chunk * tileColumns);
    int padded = Kernels.reduction().reflectorColumns(width);
    if (width < padded) {
      Arrays.fill(tile, 0, n * padded, 0);
    }
    Kernels.transposition().transpose(n, width, z, corner, n, tile, 0, padded);
    for (int panel = panels - 1; panel >= 0; panel--) {
      int top = panel * PANEL + 1;
      Kernels.reduction()
          .applyReflectors(
              n - top,
              padded,
              v,
              (panel * n + top) * PANEL,
              t,
              panel * PANEL * PANEL,
              tile,
              top * padded);
    }
    Kernels.transposition().transpose(width, n, tile, 0, padded, z, corner, n);
  }
}
