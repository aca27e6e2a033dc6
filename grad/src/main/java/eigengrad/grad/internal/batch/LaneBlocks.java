package eigengrad.grad.internal.batch;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;

/** Where things lie in lane blocks of eight matrices, and checks of what a caller hands over. */
public final class LaneBlocks {
  public static final int LANES = MatrixBatch.LANES;

  private LaneBlocks() {}

  /** Where a vector of each matrix begins: component i lies i·LANES further on. */
  public static int vector(int b, int n) {
    return LaneBlock.first(b, n);
  }

  /** Where a matrix begins: element (i, j) lies (j·n + i)·LANES further on. */
  public static int matrix(int b, int n) {
    return LaneBlock.first(b, n * n);
  }

  public static void fill(double[] interleaved, int first, int size, double value) {
    for (int i = 0; i < size; i++) {
      interleaved[first + i * LANES] = value;
    }
  }

  public static void store(DenseMatrix matrix, double[] interleaved, int first) {
    double[] elements = matrix.columnMajor();
    for (int i = 0; i < elements.length; i++) {
      interleaved[first + i * LANES] = elements[i];
    }
  }

  /** Whether a matrix of the batch was not solved: then its values are NaN. */
  public static boolean isUnsolved(BatchedEigendecomposition eigen, int b) {
    return Double.isNaN(eigen.value(b, 0));
  }

  /** X + share·(tr X)·I of every matrix. */
  public static MatrixBatch withShareOfTraces(double share, MatrixBatch matrices) {
    int n = matrices.order();
    double[] elements = matrices.interleaved().clone();
    for (int b = 0; b < matrices.count(); b++) {
      int first = matrix(b, n);
      double shift = 0;
      for (int j = 0; j < n; j++) {
        shift += share * elements[first + j * (n + 1) * LANES];
      }
      for (int j = 0; j < n; j++) {
        elements[first + j * (n + 1) * LANES] += shift;
      }
    }
    return MatrixBatch.wrap(matrices.count(), n, elements);
  }

  public static void requireVectors(
      String name, BatchedEigendecomposition eigen, double[] vectors) {
    requireNumbers(name, eigen.count(), eigen.order(), eigen.order(), vectors);
  }

  /** Checks that there are this many numbers per matrix. */
  public static void requireNumbers(String name, int count, int order, int each, double[] numbers) {
    int length = length(count, each);
    if (numbers.length != length) {
      throw new IllegalArgumentException(
          name
              + " must have "
              + length
              + " elements in whole lane blocks, for "
              + count
              + " matrices of order "
              + order
              + ", got "
              + numbers.length);
    }
  }

  /** The length of an array of whole lane blocks, with this many numbers per matrix. */
  public static int length(int count, int each) {
    return (count + LANES - 1) / LANES * LANES * each;
  }

  /**
   * Checks that the matrices of a batch are finite and symmetric.
   *
   * @throws IllegalArgumentException naming the first that is not
   */
  public static void requireSymmetric(MatrixBatch batch) {
    double tolerance = EigenOptions.DEFAULT.symmetryTolerance();
    double[] largest = new double[LANES];
    double[] asymmetry = new double[LANES];
    FirstFailure failure = new FirstFailure();
    for (int b = 0; b < batch.count(); b++) {
      int lane = b % LANES;
      if (lane == 0) {
        int at = matrix(b, batch.order());
        Kernels.batchSolver()
            .inspect(batch.order(), false, batch.interleaved(), at, largest, asymmetry, 0);
      }
      if (!(largest[lane] <= Double.MAX_VALUE && asymmetry[lane] <= tolerance * largest[lane])) {
        try {
          batch.matrix(b).requireSymmetric(tolerance);
        } catch (IllegalArgumentException cause) {
          failure.add(b, cause);
        }
        failure.throwIfAny();
      }
    }
  }

  public static void requireMatrices(String name, int count, int order, MatrixBatch matrices) {
    int m = matrices.rows();
    int n = matrices.columns();
    if (matrices.count() != count || m != order || n != order) {
      throw new IllegalArgumentException(
          "%s must be %d matrices of %d×%d, got %d of %d×%d"
              .formatted(name, count, order, order, matrices.count(), m, n));
    }
  }
}
