package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.SingularTriplets;
import eigengrad.props.SvdContract;
import java.util.Arrays;

/** A library of the comparison as a subject of the contract of singular value decompositions. */
interface PeerSvd extends SvdContract {

  /** The library, opened anew for each solve, as its users would. */
  LibraryName library();

  @Override
  default SingularTriplets solve(DenseMatrix matrix) {
    SvdJob job = solved(matrix, true);
    int k = job.values().length;
    return new SingularTriplets(
            job.values(),
            DenseMatrix.of(matrix.rows(), k, job.left()),
            DenseMatrix.of(matrix.columns(), k, job.right()))
        .descending();
  }

  /** Values alone where the library has a call for them. */
  @Override
  default double[] values(DenseMatrix matrix) {
    double[] ascending = solved(matrix, false).values().clone();
    Arrays.sort(ascending);
    double[] values = new double[ascending.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = ascending[values.length - 1 - j];
    }
    return values;
  }

  /**
   * Whether a matrix with that element keeps the library busy for ever: then the property fails
   * without it. {@link PeerSvdContractsTest} shows that it is so.
   */
  default boolean neverEndsWith(double element) {
    return false;
  }

  private SvdJob solved(DenseMatrix matrix, boolean vectors) {
    if (Arrays.stream(matrix.columnMajor()).anyMatch(this::neverEndsWith)) {
      throw new AssertionError("never ends");
    }
    Library library = library().open(1);
    int m = matrix.rows();
    int n = matrix.columns();
    SvdJob job = library.svd(m, n, matrix.columnMajor(), vectors);
    if (job == null) {
      job = Job.afterRun(library.svd(m, n, matrix.columnMajor(), true));
    }
    job.reset();
    job.run();
    return job;
  }

  /** This project. */
  final class OfEigengrad implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.EIGENGRAD;
    }
  }

  /** EJML. */
  final class OfEjml implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.EJML;
    }
  }

  /** ojAlgo. */
  final class OfOjAlgo implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.OJALGO;
    }

    @Override
    public boolean neverEndsWith(double element) {
      return !Double.isFinite(element);
    }
  }

  /** Commons Math. */
  final class OfCommonsMath implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.COMMONS_MATH;
    }
  }

  /** Hipparchus. */
  final class OfHipparchus implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.HIPPARCHUS;
    }
  }

  /** LAPACK in Java. */
  final class OfNetlib implements PeerSvd {
    @Override
    public LibraryName library() {
      return LibraryName.NETLIB;
    }

    @Override
    public boolean neverEndsWith(double element) {
      return Double.isInfinite(element);
    }
  }
}
