package eigengrad.grad.paper;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Exact solver forward, {@link EigenGradient} backward.
 *
 * @param rule what stands for 1/(λᵢ − λⱼ)
 * @param rounding of what is stored
 */
record ExactEigen(InverseGap rule, Rounding rounding) implements DifferentiableEigen {

  @Override
  public Pass forward(DenseMatrix matrix, int count) {
    Cotangents.requirePairs(matrix, count);
    return pass(SymmetricEigen.decompose(stored(matrix)), count);
  }

  @Override
  public Pass[] forward(DenseMatrix[] matrices, int count) {
    if (matrices.length < MatrixBatch.LANES) {
      return DifferentiableEigen.super.forward(matrices, count);
    }
    Cotangents.requireOneOrder(matrices);
    DenseMatrix[] stored = new DenseMatrix[matrices.length];
    for (int b = 0; b < matrices.length; b++) {
      Cotangents.requirePairs(matrices[b], count);
      stored[b] = stored(matrices[b]);
    }
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(stored));
    Pass[] passes = new Pass[matrices.length];
    Arrays.setAll(passes, b -> pass(eigen.decomposition(b), count));
    return passes;
  }

  private Pass pass(Eigendecomposition computed, int count) {
    Eigendecomposition eigen = stored(computed);
    int[] leading =
        IntStream.range(0, eigen.order())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(eigen.value(i))))
            .mapToInt(Integer::intValue)
            .limit(count)
            .toArray();
    return new ExactPass(eigen, leading, rule, rounding);
  }

  private DenseMatrix stored(DenseMatrix matrix) {
    return rounding == Rounding.NONE
        ? matrix
        : Cotangents.finiteResult("M", matrix.rows(), rounding.rounded(matrix.columnMajor()));
  }

  private Eigendecomposition stored(Eigendecomposition eigen) {
    if (rounding == Rounding.NONE) {
      return eigen;
    }
    int n = eigen.order();
    double[] values = rounding.rounded(eigen.values());
    return Eigendecomposition.of(
        Cotangents.finiteResult("λ", 1, values).columnMajor(),
        DenseMatrix.wrap(n, n, rounding.rounded(eigen.vectors().columnMajor())));
  }

  /**
   * The whole decomposition, and which of its pairs are the leading ones.
   *
   * @param leading indices into the ascending decomposition, largest |λ| first
   */
  private record ExactPass(
      Eigendecomposition eigen, int[] leading, InverseGap rule, Rounding rounding) implements Pass {

    @Override
    public double[] values() {
      return IntStream.of(leading).mapToDouble(eigen::value).toArray();
    }

    @Override
    public DenseMatrix vectors() {
      int n = eigen.order();
      double[] v = eigen.vectors().columnMajor();
      double[] columns = new double[n * leading.length];
      for (int j = 0; j < leading.length; j++) {
        System.arraycopy(v, leading[j] * n, columns, j * n, n);
      }
      return DenseMatrix.wrap(n, leading.length, columns);
    }

    @Override
    public DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent) {
      int n = eigen.order();
      Cotangents.require("valueCotangent", leading.length, valueCotangent);
      Cotangents.require("vectorCotangent", n, leading.length, vectorCotangent);
      double[] values = new double[n];
      double[] vectors = new double[n * n];
      for (int j = 0; j < leading.length; j++) {
        values[leading[j]] = valueCotangent[j];
        System.arraycopy(vectorCotangent.columnMajor(), j * n, vectors, leading[j] * n, n);
      }
      return GradientAssembly.backward(
          eigen, rule, rounding, values, DenseMatrix.wrap(n, n, vectors));
    }
  }
}
