package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SingularValueDecomposition;
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
    float[] floats = workload.isSingle() ? FloatConversion.narrow(a) : new float[0];
    double[] given = workload.isSingle() ? FloatConversion.widen(floats) : a;
    double ulp = workload.ulp();
    boolean vectors = workload.wantsVectors();
    if (workload.isSvd()) {
      int m = workload.rows(n);
      SvdJob job =
          workload.isSingle() ? library.singleSvd(m, n, floats) : library.svd(m, n, a, vectors);
      return job == null ? null : new Svd(m, n, given, job, vectors, ulp);
    }
    EigenJob job =
        workload.isSingle() ? library.singleEigen(n, floats) : library.eigen(n, a, vectors);
    return job == null ? null : new Eigen(n, given, job, vectors, ulp);
  }

  /** An eigenproblem, judged by LAPACK's ratios, with the ulp of the precision it is solved in. */
  record Eigen(int n, double[] a, EigenJob job, boolean wantsVectors, double ulp) implements Task {

    @Override
    public Answer check() {
      job.reset();
      job.run();
      int[] ascending = ascending(job.values());
      double[] sorted = inOrder(job.values(), ascending);
      if (!wantsVectors) {
        return new Answer(0, 0, sorted);
      }
      Eigendecomposition eigen =
          Eigendecomposition.of(sorted, columns(n, job.vectors(), ascending));
      double unit = SpectralAccuracy.ULP / ulp;
      return new Answer(
          unit * eigen.residual(DenseMatrix.of(n, n, a)), unit * eigen.orthogonality(), sorted);
    }
  }

  /**
   * A singular value decomposition, judged by LAPACK's ratios, with the ulp of the precision it is
   * computed in.
   */
  record Svd(int m, int n, double[] a, SvdJob job, boolean wantsVectors, double ulp)
      implements Task {

    @Override
    public Answer check() {
      job.reset();
      job.run();
      int[] ascending = ascending(job.values());
      double[] sorted = inOrder(job.values(), ascending);
      if (!wantsVectors) {
        return new Answer(0, 0, sorted);
      }
      int[] descending = IntStream.range(0, n).map(j -> ascending[n - 1 - j]).toArray();
      SingularValueDecomposition svd =
          SingularValueDecomposition.of(
              inOrder(job.values(), descending),
              columns(m, job.left(), descending),
              columns(n, job.right(), descending));
      double unit = SpectralAccuracy.ULP / ulp;
      return new Answer(
          unit * svd.residual(DenseMatrix.of(m, n, a)),
          unit * Math.max(svd.leftOrthogonality(), svd.rightOrthogonality()),
          sorted);
    }
  }

  private static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> values[j]))
        .mapToInt(j -> j)
        .toArray();
  }

  private static double[] inOrder(double[] values, int[] order) {
    return Arrays.stream(order).mapToDouble(j -> values[j]).toArray();
  }

  private static DenseMatrix columns(int rows, double[] all, int[] order) {
    double[] columns = new double[rows * order.length];
    for (int j = 0; j < order.length; j++) {
      System.arraycopy(all, order[j] * rows, columns, j * rows, rows);
    }
    return DenseMatrix.of(rows, order.length, columns);
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
