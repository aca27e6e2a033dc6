package eigengrad.bench.truth;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;

/**
 * M^(−1/2), what ZCA whitening multiplies with. f[a, b] = −1/(√a√b(√a + √b)), in which nothing
 * cancels.
 *
 * @param retention which eigenvectors a route through them keeps
 * @param epsilon ε of the layer, for the retention
 */
record InverseRoot(Retention retention, double epsilon) implements MatrixFunction {
  /** With every eigenvector. */
  static final InverseRoot WHOLE = new InverseRoot(Retention.ALL, 0);

  @Override
  public double dividedDifference(double[] values, int i, int j) {
    double a = Math.sqrt(values[i]);
    double b = Math.sqrt(values[j]);
    return -1 / (a * b * (a + b));
  }

  @Override
  public DenseMatrix exact(DenseMatrix matrix, DenseMatrix cotangent) {
    return gradient(InverseSquareRoot.exact(), matrix, cotangent);
  }

  @Override
  public DenseMatrix through(DifferentiableEigen eigen, DenseMatrix matrix, DenseMatrix cotangent) {
    return gradient(new EigenInverseSquareRoot(eigen, retention), matrix, cotangent);
  }

  private DenseMatrix gradient(InverseSquareRoot root, DenseMatrix matrix, DenseMatrix cotangent) {
    InverseSquareRoot.Pass pass = root.forward(new DenseMatrix[] {matrix}, epsilon);
    return pass.backward(new DenseMatrix[] {cotangent})[0];
  }
}
