package eigengrad.bench.peers.contestant;

import java.util.Arrays;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_MT_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** EJML's symmetric QR algorithm and its product, with its {@code MT} classes for more threads. */
final class Ejml implements Library {
  private final boolean parallel;

  Ejml(int threads) {
    this.parallel = threads > 1;
    EjmlConcurrency.setMaxThreads(threads);
  }

  @Override
  public String description() {
    return parallel ? "MT classes" : "one-thread classes";
  }

  /** Its row-major copy of a symmetric matrix is the matrix. */
  @Override
  public EigenJob eigen(int n, double[] a, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        parallel
            ? DecompositionFactory_MT_DDRM.eig(n, vectors, true)
            : DecompositionFactory_DDRM.eig(n, vectors, true);
    return new Eigen(eigen, new DMatrixRMaj(n, n, true, a));
  }

  @Override
  public SvdJob svd(int m, int n, double[] a, boolean vectors) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        parallel
            ? DecompositionFactory_MT_DDRM.svd(m, n, vectors, vectors, true)
            : DecompositionFactory_DDRM.svd(m, n, vectors, vectors, true);
    return new Svd(svd, new DMatrixRMaj(m, n, true, Rows.transposed(m, n, a)));
  }

  /** On the transposes, which row-major and column-major exchange: Cᵀ = BᵀAᵀ. */
  @Override
  public ProductJob product(int n, double[] a, double[] b) {
    return new Product(new DMatrixRMaj(n, n, true, b), new DMatrixRMaj(n, n, true, a));
  }

  private static final class Eigen implements EigenJob {
    private final EigenDecomposition_F64<DMatrixRMaj> eigen;
    private final DMatrixRMaj matrix;
    private final DMatrixRMaj work;

    Eigen(EigenDecomposition_F64<DMatrixRMaj> eigen, DMatrixRMaj matrix) {
      this.eigen = eigen;
      this.matrix = matrix;
      this.work = matrix.copy();
    }

    @Override
    public void reset() {
      work.setTo(matrix);
    }

    @Override
    public void run() {
      if (!eigen.decompose(work)) {
        throw new IllegalStateException("EJML did not converge");
      }
    }

    @Override
    public double[] values() {
      double[] values = new double[matrix.getNumRows()];
      for (int j = 0; j < values.length; j++) {
        values[j] = eigen.getEigenvalue(j).getReal();
      }
      return values;
    }

    @Override
    public double[] vectors() {
      int n = matrix.getNumRows();
      double[] vectors = new double[n * n];
      for (int j = 0; j < n; j++) {
        System.arraycopy(eigen.getEigenVector(j).getData(), 0, vectors, j * n, n);
      }
      return vectors;
    }
  }

  private static final class Svd implements SvdJob {
    private final SingularValueDecomposition_F64<DMatrixRMaj> svd;
    private final DMatrixRMaj matrix;
    private final DMatrixRMaj work;

    Svd(SingularValueDecomposition_F64<DMatrixRMaj> svd, DMatrixRMaj matrix) {
      this.svd = svd;
      this.matrix = matrix;
      this.work = matrix.copy();
    }

    @Override
    public void reset() {
      work.setTo(matrix);
    }

    @Override
    public void run() {
      if (!svd.decompose(work)) {
        throw new IllegalStateException("EJML did not converge");
      }
    }

    @Override
    public double[] values() {
      return Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
    }

    @Override
    public double[] left() {
      return svd.getU(null, true).getData();
    }

    @Override
    public double[] right() {
      return svd.getV(null, true).getData();
    }
  }

  private final class Product implements ProductJob {
    private final DMatrixRMaj left;
    private final DMatrixRMaj right;
    private final DMatrixRMaj product;

    Product(DMatrixRMaj left, DMatrixRMaj right) {
      this.left = left;
      this.right = right;
      this.product = new DMatrixRMaj(left.getNumRows(), right.getNumCols());
    }

    @Override
    public void run() {
      if (parallel) {
        CommonOps_MT_DDRM.mult(left, right, product);
      } else {
        CommonOps_DDRM.mult(left, right, product);
      }
    }

    @Override
    public double[] product() {
      return product.getData();
    }
  }
}
