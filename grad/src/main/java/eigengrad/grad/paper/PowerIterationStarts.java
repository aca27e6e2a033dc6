package eigengrad.grad.paper;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.internal.support.Cotangents;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Where power iteration on a batch begins. */
final class PowerIterationStarts {
  private PowerIterationStarts() {}

  /** Independent normal elements for one lane block, the same in every lane. */
  static double[] random(int order, int pairs, RandomGenerator random) {
    double[] starts = new double[order * pairs * LANES];
    for (int i = 0; i < starts.length; i += LANES) {
      Arrays.fill(starts, i, i + LANES, random.nextGaussian());
    }
    return starts;
  }

  /** The start of pair j, refused unless it has a direction. */
  static double[] require(int j, double[] start) {
    Cotangents.require("start of pair " + j, start.length, start);
    if (Kernels.level1().maxAbs(start.length, start, 0) == 0) {
      throw new IllegalArgumentException("start of pair " + j + " must not be the zero vector");
    }
    return start;
  }
}
