package consumer;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** What the README shows, as somebody's program. */
public final class Main {
  private Main() {}

  /**
   * Prints the residual.
   *
   * @param args none
   */
  public static void main(String[] args) {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix gradient =
        EigenGradient.backward(
            eigen, InverseGap.powerIteration(19), new double[] {0, 0, 1}, eigen.vectors());
    if (!(eigen.residual(m) < 30 && gradient.maxAbs() > 0)) {
      throw new IllegalStateException("wrong result: " + gradient);
    }
    System.out.println("ok on Java " + Runtime.version().feature());
  }
}
