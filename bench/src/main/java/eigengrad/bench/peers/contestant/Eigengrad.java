package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdOptions;
import eigengrad.linalg.SvdSolver;
import eigengrad.simd.FloatConversion;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** eigengrad as a user calls it again and again: input checked, results allocated, memory kept. */
final class Eigengrad implements Library {

  private final ForkJoinPool pool;
  private final EigenOptions options;
  private final SvdOptions svdOptions;

  Eigengrad(int threads) {
    this.pool = new ForkJoinPool(threads);
    this.options = EigenOptions.DEFAULT.withParallelism(Parallelism.of(pool));
    this.svdOptions = SvdOptions.DEFAULT.withParallelism(Parallelism.of(pool));
  }

  @Override
  public String description() {
    return "kernel set %s; threads %d".formatted(Kernels.active().name(), pool.getParallelism());
  }

  @Override
  public EigenJob eigen(int n, double[] a, boolean vectors) {
    DenseMatrix matrix = DenseMatrix.of(n, n, a);
    return vectors ? new Pairs(matrix) : new Values(matrix);
  }

  @Override
  public EigenJob singleEigen(int n, float[] a) {
    return new SinglePairs(n, a);
  }

  @Override
  public SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return new Svd(DenseMatrix.of(m, n, a), vectors);
  }

  @Override
  public SvdJob singleSvd(int m, int n, float[] a) {
    return new SingleSvd(m, n, a);
  }

  /** Its product has one thread. */
  @Override
  public @Nullable ProductJob product(int n, double[] a, double[] b) {
    return pool.getParallelism() > 1 ? null : new Product(n, a, b);
  }

  private final class Pairs implements EigenJob {
    private final EigenSolver solver = new EigenSolver(options);
    private final DenseMatrix matrix;
    private final SolverPhases phases;
    private @Nullable Eigendecomposition eigen;

    Pairs(DenseMatrix matrix) {
      this.matrix = matrix;
      this.phases = new SolverPhases(matrix, options, pool);
    }

    @Override
    public void run() {
      eigen = solver.decompose(matrix);
    }

    @Override
    public double[] phases(long calls) {
      return phases.time(calls);
    }

    @Override
    public double[] values() {
      return Job.afterRun(eigen).values();
    }

    @Override
    public double[] vectors() {
      return Job.afterRun(eigen).vectors().toArray();
    }
  }

  /** Floats in, floats out, as a user of them calls it. */
  private final class SinglePairs implements EigenJob {
    private final EigenSolver solver = new EigenSolver(options);
    private final int n;
    private final float[] matrix;
    private float[] values = {};
    private float[] vectors = {};

    SinglePairs(int n, float[] matrix) {
      this.n = n;
      this.matrix = matrix;
    }

    @Override
    public void run() {
      Eigendecomposition eigen = solver.decompose(DenseMatrix.of(n, n, matrix));
      values = DenseMatrix.wrap(n, 1, eigen.values()).toFloats();
      vectors = eigen.vectors().toFloats();
    }

    @Override
    public double[] values() {
      return FloatConversion.widen(values);
    }

    @Override
    public double[] vectors() {
      return FloatConversion.widen(vectors);
    }
  }

  private final class Values implements EigenJob {
    private final EigenSolver solver = new EigenSolver(options);
    private final DenseMatrix matrix;
    private double[] values = {};

    Values(DenseMatrix matrix) {
      this.matrix = matrix;
    }

    @Override
    public void run() {
      values = solver.values(matrix);
    }

    @Override
    public double[] values() {
      return values;
    }

    @Override
    public double[] vectors() {
      throw new IllegalStateException("values alone");
    }
  }

  private final class Svd implements SvdJob {
    private final SvdSolver solver = new SvdSolver(svdOptions);
    private final DenseMatrix matrix;
    private final boolean wantVectors;
    private @Nullable SingularValueDecomposition svd;
    private double[] values = {};

    Svd(DenseMatrix matrix, boolean wantVectors) {
      this.matrix = matrix;
      this.wantVectors = wantVectors;
    }

    @Override
    public void run() {
      if (wantVectors) {
        svd = solver.decompose(matrix);
      } else {
        values = solver.values(matrix);
      }
    }

    @Override
    public double[] values() {
      return wantVectors ? Job.afterRun(svd).values() : values;
    }

    @Override
    public double[] left() {
      return Job.afterRun(svd).leftVectors().toArray();
    }

    @Override
    public double[] right() {
      return Job.afterRun(svd).rightVectors().toArray();
    }
  }

  /** Floats in, floats out, as a user of them calls it. */
  private final class SingleSvd implements SvdJob {
    private final SvdSolver solver = new SvdSolver(svdOptions);
    private final int m;
    private final int n;
    private final float[] matrix;
    private float[] values = {};
    private float[] left = {};
    private float[] right = {};

    SingleSvd(int m, int n, float[] matrix) {
      this.m = m;
      this.n = n;
      this.matrix = matrix;
    }

    @Override
    public void run() {
      SingularValueDecomposition svd = solver.decompose(DenseMatrix.of(m, n, matrix));
      values = DenseMatrix.wrap(n, 1, svd.values()).toFloats();
      left = svd.leftVectors().toFloats();
      right = svd.rightVectors().toFloats();
    }

    @Override
    public double[] values() {
      return FloatConversion.widen(values);
    }

    @Override
    public double[] left() {
      return FloatConversion.widen(left);
    }

    @Override
    public double[] right() {
      return FloatConversion.widen(right);
    }
  }

  private static final class Product implements ProductJob {
    private final Gemm gemm = new Gemm();
    private final int n;
    private final double[] a;
    private final double[] b;
    private final double[] c;

    Product(int n, double[] a, double[] b) {
      this.n = n;
      this.a = a;
      this.b = b;
      this.c = new double[n * n];
    }

    @Override
    public void run() {
      gemm.multiply(Transpose.NO, Transpose.NO, n, n, n, a, b, c);
    }

    @Override
    public double[] product() {
      return c;
    }
  }
}
