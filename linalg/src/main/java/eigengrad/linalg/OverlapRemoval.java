package eigengrad.linalg;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Makes the left vectors of small singular values orthogonal to those of larger ones, where the
 * product of both values is below a limit. All overlaps are of some roundings, so that each may be
 * taken away as if the others were not there. Cost: 4m flops for a pair.
 */
final class OverlapRemoval {
  /** Vectors that are compared with those of small values at a time. */
  private static final int STEP = 64;

  private static final Gemm[] NO_GEMMS = {};

  private final ChunkBody comparison = this::compare;
  private final ChunkBody separation = this::separate;

  /** The vectors of small values, as they become. */
  private double[] small = Buffers.NONE;

  /** Their products with the others, a row for each of those. */
  private double[] overlaps = Buffers.NONE;

  private int m;
  private int n;
  private int large;
  private int distinct;
  private double limit;

  /** The caller's, not kept. */
  private double[] values = Buffers.NONE;

  private double[] u = Buffers.NONE;
  private Gemm[] gemms = NO_GEMMS;

  /**
   * Removes overlaps.
   *
   * @param rows m
   * @param columns n
   * @param firstSmall the number of values that are not small, 0 &lt; firstSmall &lt; n
   * @param firstTiny the number of values that are not tiny, ≥ firstSmall: the vectors of tiny ones
   *     are orthogonal to each other
   * @param allValues n, descending
   * @param largestProduct of two values whose vectors are made orthogonal, exclusive
   * @param left U, m×n, columns of length 1; those of small values are updated
   * @param ofWorkers one for each worker
   * @param crew does the work
   */
  void apply(
      int rows,
      int columns,
      int firstSmall,
      int firstTiny,
      double[] allValues,
      double largestProduct,
      double[] left,
      Gemm[] ofWorkers,
      Crew crew) {
    m = rows;
    n = columns;
    large = firstSmall;
    distinct = firstTiny;
    values = allValues;
    limit = largestProduct;
    u = left;
    gemms = ofWorkers;
    int k = n - large;
    small = Buffers.atLeast(small, m * k);
    overlaps = Buffers.atLeast(overlaps, distinct * k);
    System.arraycopy(u, large * m, small, 0, m * k);
    crew.run(steps(), comparison);
    crew.run(GramSvd.chunks(m), separation);
    System.arraycopy(small, 0, u, large * m, m * k);
    values = Buffers.NONE;
    u = Buffers.NONE;
    gemms = NO_GEMMS;
  }

  private int steps() {
    return (distinct + STEP - 1) / STEP;
  }

  private int endOfStep(int step) {
    return Math.min((step + 1) * STEP, distinct);
  }

  /** The first column that is made orthogonal to those of a step, counted from the small ones. */
  private int firstToSeparate(int step) {
    double least = values[endOfStep(step) - 1];
    int column = Math.max(large, step * STEP + 1);
    while (column < n && values[column] * least >= limit) {
      column++;
    }
    return column - large;
  }

  /** How the vectors of a step overlap with those of small values. */
  private void compare(int step, int worker) {
    int first = step * STEP;
    int end = endOfStep(step);
    int column = firstToSeparate(step);
    gemms[worker].multiply(
        Transpose.YES,
        Transpose.NO,
        end - first,
        n - large - column,
        m,
        1,
        u,
        first * m,
        m,
        small,
        column * m,
        m,
        0,
        overlaps,
        first + column * distinct,
        distinct);
    // A vector is made orthogonal to those before it, not to itself and those behind.
    for (int j = column; large + j < end; j++) {
      Arrays.fill(overlaps, large + j + j * distinct, end + j * distinct, 0);
    }
  }

  /** Takes the overlaps from a chunk of rows. */
  private void separate(int chunk, int worker) {
    int row = GramSvd.start(chunk, m);
    int rows = GramSvd.start(chunk + 1, m) - row;
    for (int step = 0; step < steps(); step++) {
      int first = step * STEP;
      int column = firstToSeparate(step);
      gemms[worker].multiply(
          Transpose.NO,
          Transpose.NO,
          rows,
          n - large - column,
          endOfStep(step) - first,
          -1,
          u,
          row + first * m,
          m,
          overlaps,
          first + column * distinct,
          distinct,
          1,
          small,
          row + column * m,
          m);
    }
  }
}
