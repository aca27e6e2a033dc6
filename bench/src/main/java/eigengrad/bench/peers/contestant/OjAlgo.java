package eigengrad.bench.peers.contestant;

import java.util.Optional;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/** ojAlgo, whose matrices are column-major and which uses as many threads as it is limited to. */
final class OjAlgo implements Library {

  OjAlgo(int threads) {
    OjAlgoUtils.limitThreadsTo(threads);
  }

  @Override
  public String description() {
    return "threads " + OjAlgoUtils.ENVIRONMENT.threads;
  }

  @Override
  public EigenJob eigen(int n, double[] a, boolean vectors) {
    return new Eigen(n, R064Store.wrap(a.clone(), n), vectors);
  }

  @Override
  public SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return new Svd(R064Store.wrap(a.clone(), m), vectors);
  }

  @Override
  public ProductJob product(int n, double[] a, double[] b) {
    return new Product(
        R064Store.wrap(a, n), R064Store.wrap(b, n), R064Store.wrap(new double[n * n], n));
  }

  private static final class Eigen implements EigenJob {
    private final int n;
    private final R064Store matrix;
    private final boolean wantVectors;
    private final Eigenvalue<Double> eigen;

    Eigen(int n, R064Store matrix, boolean wantVectors) {
      this.n = n;
      this.matrix = matrix;
      this.wantVectors = wantVectors;
      this.eigen = Eigenvalue.R064.make(n, true);
    }

    /** Vectors are made when they are asked for, so asking is part of the work. */
    @Override
    public void run() {
      boolean solved = wantVectors ? eigen.decompose(matrix) : eigen.computeValuesOnly(matrix);
      if (!solved || (wantVectors && eigen.getV().count() == 0)) {
        throw new IllegalStateException("ojAlgo did not converge");
      }
    }

    @Override
    public double[] values() {
      double[] values = new double[n];
      eigen.getEigenvalues(values, Optional.empty());
      return values;
    }

    @Override
    public double[] vectors() {
      return columnMajor(eigen.getV());
    }
  }

  private static final class Svd implements SvdJob {
    private final R064Store matrix;
    private final boolean wantVectors;
    private final SingularValue<Double> svd;

    Svd(R064Store matrix, boolean wantVectors) {
      this.matrix = matrix;
      this.wantVectors = wantVectors;
      this.svd = SingularValue.R064.make(matrix);
    }

    /** Vectors are made when they are asked for, so asking is part of the work. */
    @Override
    public void run() {
      boolean solved = wantVectors ? svd.decompose(matrix) : svd.computeValuesOnly(matrix);
      if (!solved || (wantVectors && svd.getU().count() + svd.getV().count() == 0)) {
        throw new IllegalStateException("ojAlgo did not converge");
      }
    }

    @Override
    public double[] values() {
      return svd.getSingularValues().toRawCopy1D();
    }

    @Override
    public double[] left() {
      return columnMajor(svd.getU());
    }

    @Override
    public double[] right() {
      return columnMajor(svd.getV());
    }
  }

  private static double[] columnMajor(MatrixStore<Double> matrix) {
    int m = (int) matrix.countRows();
    double[] columns = new double[(int) matrix.count()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = matrix.doubleValue(i % m, i / m);
    }
    return columns;
  }

  private static final class Product implements ProductJob {
    private final R064Store left;
    private final R064Store right;
    private final R064Store product;

    Product(R064Store left, R064Store right, R064Store product) {
      this.left = left;
      this.right = right;
      this.product = product;
    }

    @Override
    public void run() {
      product.fillByMultiplying(left, right);
    }

    @Override
    public double[] product() {
      return product.data;
    }
  }
}
