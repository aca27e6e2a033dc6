package eigengrad.bench.peers.contestant;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/** LAPACK translated from Fortran to Java, with a BLAS that uses the Vector API. */
final class Netlib implements Library {
  private final JavaLAPACK lapack = JavaLAPACK.getInstance();
  private final JavaBLAS blas = JavaBLAS.getInstance();

  @Override
  public String description() {
    return "dsyevd and dgesdd of %s; dgemm of %s"
        .formatted(lapack.getClass().getSimpleName(), blas.getClass().getSimpleName());
  }

  @Override
  public EigenJob eigen(int n, double[] a, boolean vectors) {
    return new Eigen(n, a, vectors);
  }

  @Override
  public SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return new Svd(m, n, a, vectors);
  }

  @Override
  public ProductJob product(int n, double[] a, double[] b) {
    double[] c = new double[n * n];
    return new ProductJob() {
      @Override
      public void run() {
        blas.dgemm("N", "N", n, n, n, 1, a, n, b, n, 0, c, n);
      }

      @Override
      public double[] product() {
        return c;
      }
    };
  }

  private final class Svd implements SvdJob {
    private final int m;
    private final int n;
    private final int k;
    private final double[] given;
    private final double[] matrix;
    private final String job;
    private final double[] values;
    private final double[] left;
    private final double[] rightTransposed;
    private final double[] work;
    private final int[] integerWork;
    private final intW info = new intW(0);

    Svd(int m, int n, double[] given, boolean wantVectors) {
      this.m = m;
      this.n = n;
      this.k = Math.min(m, n);
      this.given = given;
      this.matrix = given.clone();
      this.job = wantVectors ? "S" : "N";
      this.values = new double[k];
      // Its wrapper wants room for all of U and V, of which k columns are written.
      this.left = new double[m * m];
      this.rightTransposed = new double[n * n];
      this.integerWork = new int[8 * k];
      double[] workSize = {0};
      call(workSize, -1);
      this.work = new double[(int) workSize[0]];
    }

    @Override
    public void reset() {
      System.arraycopy(given, 0, matrix, 0, matrix.length);
    }

    @Override
    public void run() {
      call(work, work.length);
      if (info.val != 0) {
        throw new IllegalStateException("dgesdd returned info = " + info.val);
      }
    }

    private void call(double[] memory, int size) {
      lapack.dgesdd(
          job,
          m,
          n,
          matrix,
          Math.max(1, m),
          values,
          left,
          Math.max(1, m),
          rightTransposed,
          Math.max(1, k),
          memory,
          size,
          integerWork,
          info);
    }

    @Override
    public double[] values() {
      return values;
    }

    @Override
    public double[] left() {
      return Arrays.copyOf(left, m * k);
    }

    @Override
    public double[] right() {
      return Rows.transposed(k, n, rightTransposed);
    }
  }

  private final class Eigen implements EigenJob {
    private final int n;
    private final int leadingDimension;
    private final double[] matrix;
    private final String job;
    private final double[] work;
    private final int[] integerWork;
    private final double[] values;
    private final double[] vectors;
    private final intW info = new intW(0);

    Eigen(int n, double[] matrix, boolean wantVectors) {
      this.n = n;
      // With 0, for n = 0, LAPACK's error handler ends the JVM.
      this.leadingDimension = Math.max(1, n);
      this.matrix = matrix;
      this.job = wantVectors ? "V" : "N";
      this.values = new double[n];
      this.vectors = new double[n * n];
      double[] workSize = {0};
      int[] integerWorkSize = {0};
      lapack.dsyevd(
          job, "L", n, vectors, leadingDimension, values, workSize, -1, integerWorkSize, -1, info);
      this.work = new double[(int) workSize[0]];
      this.integerWork = new int[integerWorkSize[0]];
    }

    @Override
    public void reset() {
      System.arraycopy(matrix, 0, vectors, 0, vectors.length);
    }

    @Override
    public void run() {
      lapack.dsyevd(
          job,
          "L",
          n,
          vectors,
          leadingDimension,
          values,
          work,
          work.length,
          integerWork,
          integerWork.length,
          info);
      if (info.val != 0) {
        throw new IllegalStateException("dsyevd returned info = " + info.val);
      }
    }

    @Override
    public double[] values() {
      return values;
    }

    @Override
    public double[] vectors() {
      return vectors;
    }
  }
}
