package eigengrad.grad;

import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Where power iteration on a batch begins. */
final class PowerIterationStarts {
  private PowerIterationStarts() {}

  /** Independent normal elements for one group, the same in every lane. */
  static double[] random(int order, int pairs, RandomGenerator random) {
    double[] starts = new double[order * pairs * MatrixBatch.GROUP];
    for (int i = 0; i < starts.length; i += MatrixBatch.GROUP) {
      Arrays.fill(starts, i, i + MatrixBatch.GROUP, random.nextGaussian());
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
