package eigengrad.examples;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import java.util.SplittableRandom;

/**
 * Shampoo's preconditioner: L^(−1/4) of a matrix that grows by GGᵀ in every step of training, by a
 * decomposition that reports its own error. An exact one needs no warm start: it costs the same in
 * every step, while the start of an iterative root has to be good.
 */
public final class ShampooRoots {
  private static final int ROWS = 64;
  private static final int COLUMNS = 16;
  private static final double RIDGE = 1e-6;

  private ShampooRoots() {}

  /**
   * Prints how far R⁴L is from I.
   *
   * @param args none
   */
  public static void main(String[] args) {
    SplittableRandom random = new SplittableRandom(1);
    EigenSolver solver = new EigenSolver(); // its memory serves every step
    DenseMatrix statistics = DenseMatrix.identity(ROWS).times(RIDGE);
    for (int step = 1; step <= 5; step++) {
      double[] g = random.doubles((long) ROWS * COLUMNS, -1, 1).toArray();
      DenseMatrix gradient = DenseMatrix.wrap(ROWS, COLUMNS, g);
      statistics = statistics.plus(gradient.times(gradient.transpose())).symmetricPart();

      Eigendecomposition eigen = solver.decompose(statistics);
      DenseMatrix root = SpectralFunction.inverseRoot(4, 0).forward(eigen).matrix();

      DenseMatrix square = root.times(root);
      DenseMatrix shouldBeIdentity = square.times(square).times(statistics);
      double error = shouldBeIdentity.minus(DenseMatrix.identity(ROWS)).maxAbs();
      double condition = eigen.value(ROWS - 1) / eigen.value(0);
      System.out.printf(
          "step %d: condition %.1e, residual %.2f, |R⁴L − I| ≤ %.1e%n",
          step, condition, eigen.residual(statistics), error);
    }
  }
}
