package eigengrad.examples;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.ContractRun;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/**
 * Puts a solver of one's own through the contract: here the textbook's cyclic Jacobi method, which
 * squares elements and does not think of infinity.
 */
public final class VerifyYourSolver {
  private static final int TRIES = 20;

  private VerifyYourSolver() {}

  /**
   * Prints what the contract finds.
   *
   * @param args none
   */
  public static void main(String[] args) {
    ContractRun run = ContractRun.of(Jacobi.class, TRIES, false);
    System.out.println("passed: " + String.join(", ", run.passed()));
    run.failures().forEach((property, why) -> System.out.println("FAILED " + property + ": " + why));
  }

  /** The solver, as the contract wants it. */
  public static final class Jacobi implements EigenSolverContract {
    private static final int SWEEPS = 30;

    @Override
    public Eigenpairs solve(DenseMatrix matrix) {
      int n = matrix.rows();
      double[][] a = new double[n][n];
      double[][] v = new double[n][n];
      for (int i = 0; i < n; i++) {
        v[i][i] = 1;
        for (int j = 0; j < n; j++) {
          a[i][j] = matrix.get(i, j);
        }
      }
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (int p = 0; p < n; p++) {
          for (int q = p + 1; q < n; q++) {
            if (a[p][q] != 0) {
              rotate(a, v, p, q);
            }
          }
        }
      }
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = a[i][i];
      }
      return Eigenpairs.ofRows(values, v).ascending();
    }

    /** Makes a[p][q] zero. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
      double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
      double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      double c = 1 / Math.sqrt(t * t + 1);
      double s = t * c;
      for (double[] row : a) {
        turn(row, p, q, c, s);
      }
      for (int k = 0; k < a.length; k++) {
        double x = a[p][k];
        a[p][k] = c * x - s * a[q][k];
        a[q][k] = s * x + c * a[q][k];
      }
      for (double[] row : v) {
        turn(row, p, q, c, s);
      }
    }

    private static void turn(double[] row, int p, int q, double c, double s) {
      double x = row[p];
      row[p] = c * x - s * row[q];
      row[q] = s * x + c * row[q];
    }
  }
}
