package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.simd.FloatConversion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A workload of one order on one library: a job to be timed, and the check of its answer. */
public interface Task {

  /**
   * The work.
   *
   * @return to be run any number of times
   */
  Job job();

  /**
   * Runs the job once and looks at the answer.
   *
   * @return how good it is
   */
  Answer check();

  /**
   * Sets a workload up.
   *
   * @param library that does it
   * @param workload what is computed
   * @param n order
   * @param seed of the matrix
   * @return the task, or null where the library has no call for it
   */
  static @Nullable Task of(Library library, Workload workload, int n, long seed) {
    double[] a = workload.matrix(n, seed);
    if (workload == Workload.GEMM) {
      double[] b = workload.matrix(n, seed + 1);
      ProductJob job = library.product(n, a, b);
      return job == null ? null : new Product(n, a, b, job);
    }
    if (workload == Workload.SINGLE) {
      float[] floats = FloatConversion.narrow(a);
      EigenJob job = library.singleEigen(n, floats);
      return job == null
          ? null
          : new Eigen(n, FloatConversion.widen(floats), job, true, SINGLE_ULP);
    }
    EigenJob job = library.eigen(n, a, workload.wantsVectors());
    return job == null ? null : new Eigen(n, a, job, workload.wantsVectors(), SpectralAccuracy.ULP);
  }

  /** Distance from 1 to the next float. */
  double SINGLE_ULP = 0x1p-23;

  /** An eigenproblem, judged by LAPACK's ratios, with the ulp of the precision it is solved in. */
  record Eigen(int n, double[] a, EigenJob job, boolean wantsVectors, double ulp) implements Task {

    @Override
    public Answer check() {
      job.reset();
      job.run();
      double[] values = job.values();
      int[] ascending =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> values[j]))
              .mapToInt(j -> j)
              .toArray();
      double[] sorted = Arrays.stream(ascending).mapToDouble(j -> values[j]).toArray();
      if (!wantsVectors) {
        return new Answer(0, 0, sorted);
      }
      double[] vectors = job.vectors();
      double[] columns = new double[n * n];
      for (int j = 0; j < n; j++) {
        System.arraycopy(vectors, ascending[j] * n, columns, j * n, n);
      }
      Eigendecomposition eigen = Eigendecomposition.of(sorted, DenseMatrix.of(n, n, columns));
      double unit = SpectralAccuracy.ULP / ulp;
      return new Answer(
          unit * eigen.residual(DenseMatrix.of(n, n, a)), unit * eigen.orthogonality(), sorted);
    }
  }

  /**
   * A product, judged by max|Cx − A(Bx)| / (max|A|·max|B|·n²·u') with x of ones: R. Freivalds'
   * check.
   */
  record Product(int n, double[] a, double[] b, ProductJob job) implements Task {

    @Override
    public Answer check() {
      job.reset();
      job.run();
      DenseMatrix left = DenseMatrix.of(n, n, a);
      DenseMatrix right = DenseMatrix.of(n, n, b);
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      DenseMatrix x = DenseMatrix.of(n, 1, ones);
      DenseMatrix difference =
          DenseMatrix.of(n, n, job.product()).times(x).minus(left.times(right.times(x)));
      double scale = left.maxAbs() * right.maxAbs() * n * n * SpectralAccuracy.ULP;
      return new Answer(difference.maxAbs() / scale, 0, new double[0]);
    }
  }
}
