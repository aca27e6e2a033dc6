package eigengrad.bench.truth;

import eigengrad.grad.InverseGap;
import eigengrad.grad.ProjectorGradient;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;

/**
 * P = UUᵀ with U the leading eigenvectors, what PCA denoising multiplies with: 1 at the kept
 * eigenvalues, 0 at the others. f[a, b] = 1/(a − b) for a kept and b dropped; within either block
 * it is 0, tie or not.
 *
 * @param kept k, how many eigenvectors span its range
 */
record LeadingProjector(int kept) implements MatrixFunction {

  @Override
  public double dividedDifference(double[] values, int i, int j) {
    return (i < kept) == (j < kept) ? 0 : 1 / (values[Math.min(i, j)] - values[Math.max(i, j)]);
  }

  @Override
  public DenseMatrix exact(DenseMatrix matrix, DenseMatrix cotangent) {
    return ProjectorGradient.backward(
        SymmetricEigen.decompose(matrix),
        IndexRange.largest(kept),
        InverseGap.analytic(),
        cotangent);
  }

  @Override
  public DenseMatrix through(DifferentiableEigen eigen, DenseMatrix matrix, DenseMatrix cotangent) {
    DifferentiableEigen.Pass pass = eigen.forward(matrix, kept);
    DenseMatrix vectors = pass.vectors();
    return pass.backward(new double[vectors.columns()], cotangent.times(vectors).times(2));
  }
}
