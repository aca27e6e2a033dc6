package eigengrad.grad.internal.batch;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.internal.function.ScalarFunction;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import java.util.function.IntFunction;

/**
 * V ( F ∘ (VᵀSV) ) Vᵀ by lane blocks, S the symmetric part of each argument.
 *
 * <p>What is not finite makes every element of its result not finite. Such a matrix is done again
 * by {@link SpectralFunction.Pass}, which answers, or throws with a message; so is an asymmetric
 * direction.
 */
public final class BatchedDifferential implements LaneBlockRunner.Work {
  private final IntFunction<SpectralFunction.Pass> alone;
  private final ScalarFunction scalar;
  private final BatchedEigendecomposition eigen;
  private final double[] values;
  private final double[] images;
  private final MatrixBatch arguments;
  private final boolean forwards;
  private final int n;
  private final double[] result;
  private final FirstFailure failure = new FirstFailure();

  /**
   * Of a function whose passes can be done alone. In forward mode every argument must be symmetric.
   */
  public BatchedDifferential(
      IntFunction<SpectralFunction.Pass> alone,
      ScalarFunction scalar,
      BatchedEigendecomposition eigen,
      double[] values,
      double[] images,
      MatrixBatch arguments,
      boolean forwards) {
    this.alone = alone;
    this.scalar = scalar;
    this.eigen = eigen;
    this.values = values;
    this.images = images;
    this.arguments = arguments;
    this.forwards = forwards;
    this.n = eigen.order();
    this.result = new double[eigen.vectors().interleaved().length];
  }

  public MatrixBatch run(LaneBlockRunner runner) {
    runner.run(eigen.count(), n, this);
    failure.throwIfAny();
    return MatrixBatch.wrap(eigen.count(), n, result);
  }

  @Override
  public void run(int first, int matrices, LaneBlockMemory own) {
    if (failure.isBefore(first)) {
      return;
    }
    double[] v = eigen.vectors().interleaved();
    int block = LaneBlocks.matrix(first, n);
    double[] core = own.weights;
    Kernels.batchProducts().symmetricPart(n, arguments.interleaved(), block, core, 0);
    Kernels.batchProducts().multiplyTransposed(n, core, 0, v, block, own.product, 0);
    Kernels.batchProducts().multiplySymmetric(n, own.product, 0, v, block, result, block);
    for (int lane = 0; lane < matrices; lane++) {
      dividedDifferences(LaneBlocks.vector(first, n) + lane, own.weights, lane);
    }
    Kernels.batchProducts().weigh(n, own.weights, result, block);
    own.congruence(n, v, block, result);
    check(first, matrices, own);
  }

  private void dividedDifferences(int first, double[] weights, int lane) {
    if (Double.isNaN(images[first])) {
      LaneBlocks.fill(weights, lane, n * n, Double.NaN);
      return;
    }
    for (int j = 0; j < n; j++) {
      int smaller = first + j * LANES;
      for (int i = j; i < n; i++) {
        int larger = first + i * LANES;
        weights[lane + (j * n + i) * LANES] =
            scalar.dividedDifference(
                values[larger], values[smaller], images[larger], images[smaller]);
      }
    }
  }

  private void check(int first, int matrices, LaneBlockMemory own) {
    int block = LaneBlocks.matrix(first, n);
    Kernels.batchSolver().inspect(n, true, result, block, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < matrices; lane++) {
      if (!(own.largest[lane] <= Double.MAX_VALUE)) {
        doAlone(first + lane);
      }
    }
    if (forwards) {
      double[] a = arguments.interleaved();
      Kernels.batchSolver().inspect(n, false, a, block, own.largest, own.asymmetry, 0);
      double tolerance = EigenOptions.DEFAULT.symmetryTolerance();
      for (int lane = 0; lane < matrices; lane++) {
        if (!(own.asymmetry[lane] <= tolerance * own.largest[lane])) {
          doAlone(first + lane);
        }
      }
    }
    for (int lane = matrices; lane < LANES; lane++) {
      LaneBlocks.fill(result, block + lane, n * n, 0);
    }
  }

  private void doAlone(int b) {
    int at = LaneBlocks.matrix(b, n);
    if (LaneBlocks.isUnsolved(eigen, b)) {
      LaneBlocks.fill(result, at, n * n, Double.NaN);
      return;
    }
    try {
      SpectralFunction.Pass pass = alone.apply(b);
      DenseMatrix argument = arguments.matrix(b);
      LaneBlocks.store(forwards ? pass.derivative(argument) : pass.backward(argument), result, at);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }
}
