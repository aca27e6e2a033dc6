package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.BatchedEigenSolverContract;
import eigengrad.props.Eigenpairs;
import java.util.ArrayList;
import java.util.List;

/** The first column of the last vectors of a full vector of lanes comes from the lane before. */
final class LeakingLane implements BatchedEigenSolverContract {
  private static final int LANES = 4;

  @Override
  public List<Eigenpairs> solveAll(List<DenseMatrix> matrices) {
    List<Eigenpairs> answers = new ArrayList<>(matrices.stream().map(RightSolver::solve).toList());
    for (int i = LANES - 1; i < answers.size(); i += LANES) {
      double[] columns = answers.get(i).vectors().toArray();
      int n = answers.get(i).values().length;
      System.arraycopy(answers.get(i - 1).vectors().columnMajor(), 0, columns, 0, n);
      answers.set(i, Eigenpairs.ofColumns(answers.get(i).values(), columns));
    }
    return answers;
  }
}
