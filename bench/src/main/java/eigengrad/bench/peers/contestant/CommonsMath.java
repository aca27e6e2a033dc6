package eigengrad.bench.peers.contestant;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/** Apache Commons Math: values and vectors together, from one constructor. */
final class CommonsMath implements Library {

  @Override
  public String description() {
    return "EigenDecomposition";
  }

  @Override
  public @Nullable EigenJob eigen(int n, double[] a, boolean vectors) {
    return vectors ? new Eigen(new Array2DRowRealMatrix(Rows.of(n, a), false)) : null;
  }

  @Override
  public @Nullable SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return vectors ? new Svd(new Array2DRowRealMatrix(Rows.of(m, n, a), false)) : null;
  }

  private static final class Svd implements SvdJob {
    private final RealMatrix matrix;
    private @Nullable SingularValueDecomposition svd;

    Svd(RealMatrix matrix) {
      this.matrix = matrix;
    }

    @Override
    public void run() {
      svd = new SingularValueDecomposition(matrix);
    }

    @Override
    public double[] values() {
      return Job.afterRun(svd).getSingularValues();
    }

    @Override
    public double[] left() {
      return Rows.columnMajor(Job.afterRun(svd).getU().getData());
    }

    @Override
    public double[] right() {
      return Rows.columnMajor(Job.afterRun(svd).getV().getData());
    }
  }

  private static final class Eigen implements EigenJob {
    private final RealMatrix matrix;
    private @Nullable EigenDecomposition eigen;

    Eigen(RealMatrix matrix) {
      this.matrix = matrix;
    }

    @Override
    public void run() {
      eigen = new EigenDecomposition(matrix);
    }

    @Override
    public double[] values() {
      return Job.afterRun(eigen).getRealEigenvalues();
    }

    @Override
    public double[] vectors() {
      return Rows.columnMajor(Job.afterRun(eigen).getV().getData());
    }
  }
}
