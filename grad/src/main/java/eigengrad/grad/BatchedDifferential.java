package eigengrad.grad;

import static eigengrad.grad.Groups.GROUP;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.BatchProducts;
import eigengrad.simd.BatchSolver;
import eigengrad.simd.Kernels;

/**
 * V ( F ∘ (VᵀSV) ) Vᵀ for groups of matrices, S the symmetric part of each argument.
 *
 * <p>What is not finite makes every element of its result not finite. Such a matrix is done again
 * by {@link SpectralFunction.Pass}, which knows what to say; so is an asymmetric direction.
 */
final class BatchedDifferential implements BatchWorkspace.GroupWork {
  private final BatchProducts products = Kernels.batchProducts();
  private final BatchSolver inspection = Kernels.batchSolver();
  private final SpectralFunction function;
  private final BatchedEigendecomposition eigen;
  private final double[] values;
  private final double[] images;
  private final MatrixBatch arguments;
  private final boolean forwards;
  private final int n;
  private final double[] result;
  private final FirstFailure failure = new FirstFailure();

  /** Forwards, an argument must be symmetric. */
  BatchedDifferential(
      SpectralFunction function,
      BatchedEigendecomposition eigen,
      double[] values,
      double[] images,
      MatrixBatch arguments,
      boolean forwards) {
    this.function = function;
    this.eigen = eigen;
    this.values = values;
    this.images = images;
    this.arguments = arguments;
    this.forwards = forwards;
    this.n = eigen.order();
    this.result = new double[eigen.vectors().interleaved().length];
  }

  MatrixBatch run(BatchWorkspace workspace) {
    workspace.run(eigen.count(), n, this);
    failure.throwIfAny();
    return MatrixBatch.wrap(eigen.count(), n, result);
  }

  @Override
  public void run(int first, int matrices, GroupMemory own) {
    if (failure.isBefore(first)) {
      return;
    }
    double[] v = eigen.vectors().interleaved();
    int group = Groups.matrix(first, n);
    double[] core = own.weights;
    products.symmetricPart(n, arguments.interleaved(), group, core, 0);
    products.multiplyTransposed(n, core, 0, v, group, own.product, 0);
    products.multiplySymmetric(n, own.product, 0, v, group, result, group);
    for (int lane = 0; lane < matrices; lane++) {
      dividedDifferences(Groups.vector(first, n) + lane, own.weights, lane);
    }
    products.weigh(n, own.weights, result, group);
    own.congruence(n, v, group, result);
    check(first, matrices, own);
  }

  private void dividedDifferences(int first, double[] weights, int lane) {
    if (Double.isNaN(images[first])) {
      Groups.fill(weights, lane, n * n, Double.NaN);
      return;
    }
    ScalarFunction scalar = function.scalar();
    for (int j = 0; j < n; j++) {
      int smaller = first + j * GROUP;
      for (int i = j; i < n; i++) {
        int larger = first + i * GROUP;
        weights[lane + (j * n + i) * GROUP] =
            scalar.dividedDifference(
                values[larger], values[smaller], images[larger], images[smaller]);
      }
    }
  }

  private void check(int first, int matrices, GroupMemory own) {
    int group = Groups.matrix(first, n);
    inspection.inspect(n, true, result, group, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < matrices; lane++) {
      if (!(own.largest[lane] <= Double.MAX_VALUE)) {
        doAlone(first + lane);
      }
    }
    if (forwards) {
      double[] a = arguments.interleaved();
      inspection.inspect(n, false, a, group, own.largest, own.asymmetry, 0);
      double tolerance = EigenOptions.DEFAULT.symmetryTolerance();
      for (int lane = 0; lane < matrices; lane++) {
        if (!(own.asymmetry[lane] <= tolerance * own.largest[lane])) {
          doAlone(first + lane);
        }
      }
    }
    for (int lane = matrices; lane < GROUP; lane++) {
      Groups.fill(result, group + lane, n * n, 0);
    }
  }

  private void doAlone(int b) {
    int at = Groups.matrix(b, n);
    if (Groups.isUnsolved(eigen, b)) {
      Groups.fill(result, at, n * n, Double.NaN);
      return;
    }
    try {
      SpectralFunction.Pass pass = function.forward(eigen.decomposition(b));
      DenseMatrix argument = arguments.matrix(b);
      Groups.store(forwards ? pass.derivative(argument) : pass.backward(argument), result, at);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }
}
