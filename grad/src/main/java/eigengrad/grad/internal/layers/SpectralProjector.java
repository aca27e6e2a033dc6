package eigengrad.grad.internal.layers;

import eigengrad.grad.InverseGap;
import eigengrad.grad.ProjectorGradient;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;

/**
 * The projector by an exact solver, and {@link ProjectorGradient}.
 *
 * @param rule what stands for 1/(λᵢ − λⱼ)
 */
public record SpectralProjector(InverseGap rule) implements LeadingProjector {

  @Override
  public LeadingProjector.Pass forward(DenseMatrix matrix, ComponentCount count) {
    int n = LeadingComponents.require(matrix, count);
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    double[] leading = new double[n];
    for (int j = 0; j < n; j++) {
      leading[j] = eigen.value(n - 1 - j);
    }
    IndexRange kept = IndexRange.largest(LeadingComponents.count(count, leading, matrix));
    return new SpectralPass(eigen, kept, rule, ProjectorGradient.projector(eigen, kept));
  }

  /**
   * The decomposition.
   *
   * @param eigen of the matrix
   * @param kept the leading eigenvectors
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param matrix P
   */
  private record SpectralPass(
      Eigendecomposition eigen, IndexRange kept, InverseGap rule, DenseMatrix matrix)
      implements LeadingProjector.Pass {

    @Override
    public int components() {
      return kept.count();
    }

    @Override
    public DenseMatrix backward(DenseMatrix symmetricCotangent) {
      return ProjectorGradient.backward(eigen, kept, rule, symmetricCotangent);
    }
  }
}
