package eigengrad.grad.internal.layers;

import eigengrad.grad.BatchedSpectralPass;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.internal.support.Ridge;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * M^(−1/2) as a {@link SpectralFunction}: its gradient is exact, repeated eigenvalues included.
 *
 * <p>Eight or more groups are solved as a batch, one per SIMD lane; fewer would leave lanes empty.
 */
public record SpectralInverseSquareRoot() implements InverseSquareRoot {
  /** The fewest groups solved as a batch: with fewer, one after the other is as fast. */
  static final int MANY_GROUPS = MatrixBatch.LANES;

  @Override
  public InverseSquareRoot.Pass forward(DenseMatrix[] covariances, double epsilon) {
    Covariances.requireOneOrder(covariances);
    if (covariances.length < MANY_GROUPS) {
      return EachAlone.of(covariances, SpectralInverseSquareRoot::single);
    }
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(covariances));
    for (int g = 0; g < eigen.count(); g++) {
      requirePositive(eigen.value(g, 0), eigen.value(g, eigen.order() - 1));
    }
    EigenSolver solver = new EigenSolver();
    return new BatchPass(SpectralFunction.inverseSquareRoot().forward(eigen, solver));
  }

  static EachAlone.Group single(DenseMatrix covariance) {
    Eigendecomposition eigen = SymmetricEigen.decompose(covariance);
    requirePositive(eigen.value(0), eigen.value(eigen.order() - 1));
    return new SpectralPass(SpectralFunction.inverseSquareRoot().forward(eigen));
  }

  private static void requirePositive(double smallest, double largest) {
    if (!(smallest > 0)) {
      throw Covariances.noInverseRoot(
          smallest, "raise epsilon by " + Ridge.enough(smallest, largest));
    }
  }

  private static DenseMatrix[] matrices(MatrixBatch batch) {
    DenseMatrix[] matrices = new DenseMatrix[batch.count()];
    Arrays.setAll(matrices, batch::matrix);
    return matrices;
  }

  /**
   * The function's pass, for one group.
   *
   * @param pass of the function
   */
  private record SpectralPass(SpectralFunction.Pass pass) implements EachAlone.Group {
    @Override
    public DenseMatrix matrix() {
      return pass.matrix();
    }

    @Override
    public DenseMatrix backward(DenseMatrix symmetricCotangent) {
      int d = pass.matrix().rows();
      return pass.backward(Covariances.requireCotangent(d, symmetricCotangent));
    }
  }

  /**
   * The function's pass, for many groups.
   *
   * @param pass of the function
   */
  private record BatchPass(BatchedSpectralPass pass) implements InverseSquareRoot.Pass {
    @Override
    public DenseMatrix[] matrices() {
      return SpectralInverseSquareRoot.matrices(pass.matrices());
    }

    @Override
    public DenseMatrix[] backward(DenseMatrix[] symmetricCotangents) {
      Covariances.requireEach(pass.matrices().count(), symmetricCotangents);
      for (DenseMatrix cotangent : symmetricCotangents) {
        Covariances.requireCotangent(pass.matrices().order(), cotangent);
      }
      MatrixBatch gradients = pass.backward(MatrixBatch.of(symmetricCotangents));
      return SpectralInverseSquareRoot.matrices(gradients);
    }
  }
}
