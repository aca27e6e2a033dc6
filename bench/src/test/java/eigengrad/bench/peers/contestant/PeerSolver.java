package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;
import java.util.Arrays;

/** A library of the comparison as a subject of the contract of eigensolvers. */
interface PeerSolver extends EigenSolverContract {

  /** The library, opened anew for each solve, as its users would. */
  LibraryName library();

  @Override
  default Eigenpairs solve(DenseMatrix matrix) {
    EigenJob job = solved(matrix, true);
    return Eigenpairs.ofColumns(job.values(), job.vectors()).ascending();
  }

  /** Values alone where the library has a call for them. */
  @Override
  default double[] values(DenseMatrix matrix) {
    double[] values = solved(matrix, false).values().clone();
    Arrays.sort(values);
    return values;
  }

  private EigenJob solved(DenseMatrix matrix, boolean vectors) {
    Library library = library().open(1);
    int n = matrix.rows();
    EigenJob job = library.eigen(n, matrix.columnMajor(), vectors);
    if (job == null) {
      job = Job.afterRun(library.eigen(n, matrix.columnMajor(), true));
    }
    job.reset();
    job.run();
    return job;
  }

  /** This project. */
  final class OfEigengrad implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.EIGENGRAD;
    }
  }

  /** EJML. */
  final class OfEjml implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.EJML;
    }
  }

  /** ojAlgo. */
  final class OfOjAlgo implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.OJALGO;
    }
  }

  /** Commons Math. */
  final class OfCommonsMath implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.COMMONS_MATH;
    }
  }

  /** Hipparchus. */
  final class OfHipparchus implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.HIPPARCHUS;
    }
  }

  /** LAPACK in Java. */
  final class OfNetlib implements PeerSolver {
    @Override
    public LibraryName library() {
      return LibraryName.NETLIB;
    }
  }
}
