package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.interleaved;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdOptions;
import eigengrad.linalg.SvdSolver;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchedSvdGradientTest {
  private static final int COUNT = 11;

  private static MatrixBatch batch(int rows, int columns, int seed) {
    DenseMatrix[] matrices = new DenseMatrix[COUNT];
    Arrays.setAll(matrices, b -> gaussian(rows, columns, seed + b));
    return MatrixBatch.of(matrices);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "6, 4", "4, 6"})
  void everything_batch_isEachMatrixAlone(int m, int n) {
    SvdSolver solver = new SvdSolver();
    BatchedSingularValueDecomposition svd = solver.decompose(batch(m, n, 0));
    MatrixBatch g = batch(m, 4, 100);
    MatrixBatch h = batch(n, 4, 200);
    MatrixBatch q = batch(m, n, 300);
    MatrixBatch p = batch(n, n, 400);
    double[][] c = new double[COUNT][];
    Arrays.setAll(c, b -> gaussian(4, 1, 500 + b).toArray());
    double[] values = interleaved(c, 4);
    InverseGap rule = InverseGap.powerIteration(19);
    MatrixBatch all = SvdGradient.backward(svd, rule, g, values, h, solver);
    MatrixBatch vectors = SvdGradient.backwardVectors(svd, rule, g, h, solver);
    MatrixBatch valuesAlone = SvdGradient.backwardValues(svd, values, solver);
    MatrixBatch polar = PolarGradient.backward(svd, q, p, solver);
    MatrixBatch orthogonal = PolarGradient.backwardOrthogonal(svd, q, solver);
    SingularFunction function = SingularFunction.softThreshold(1);
    BatchedSingularPass pass = function.forward(svd, solver);
    MatrixBatch backward = pass.backward(q, solver);
    MatrixBatch derivative = pass.derivative(q, solver);
    for (int b = 0; b < COUNT; b++) {
      SingularValueDecomposition own = svd.decomposition(b);
      DenseMatrix left = g.matrix(b);
      DenseMatrix right = h.matrix(b);
      assertEquals(SvdGradient.backward(own, rule, left, c[b], right), all.matrix(b));
      assertEquals(SvdGradient.backwardVectors(own, rule, left, right), vectors.matrix(b));
      assertEquals(SvdGradient.backwardValues(own, c[b]), valuesAlone.matrix(b));
      assertEquals(PolarGradient.backward(own, q.matrix(b), p.matrix(b)), polar.matrix(b));
      assertEquals(PolarGradient.backwardOrthogonal(own, q.matrix(b)), orthogonal.matrix(b));
      if (m == n) {
        assertEquals(
            PolarGradient.backwardRotation(own, q.matrix(b)),
            PolarGradient.backwardRotation(svd, q, solver).matrix(b));
      }
      SingularFunction.Pass alone = function.forward(own);
      assertEquals(alone.matrix(), pass.matrices().matrix(b));
      assertEquals(alone.backward(q.matrix(b)), backward.matrix(b));
      assertEquals(alone.derivative(q.matrix(b)), derivative.matrix(b));
    }
  }

  @Test
  void backward_matrixThatWasNotSolved_isNaNAndTheOthersAreThere() {
    SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST));
    DenseMatrix nan = DenseMatrix.diagonal(1, Double.NaN);
    BatchedSingularValueDecomposition svd =
        solver.decompose(MatrixBatch.of(gaussian(2, 2, 1), nan, gaussian(2, 2, 2)));
    MatrixBatch q = MatrixBatch.of(gaussian(2, 2, 3), gaussian(2, 2, 4), gaussian(2, 2, 5));
    MatrixBatch gradients = PolarGradient.backwardOrthogonal(svd, q, solver);
    assertTrue(Double.isNaN(gradients.get(1, 0, 0)) && Double.isNaN(gradients.get(1, 1, 1)));
    assertEquals(
        PolarGradient.backwardOrthogonal(svd.decomposition(2), q.matrix(2)), gradients.matrix(2));
  }

  @Test
  void failures_nameTheFirstMatrix() {
    SvdSolver solver = new SvdSolver();
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.diagonal(2, 1), DenseMatrix.identity(2));
    BatchedSingularValueDecomposition svd = solver.decompose(batch);
    MatrixBatch g = MatrixBatch.of(gaussian(2, 2, 1), gaussian(2, 2, 2));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () -> SvdGradient.backwardVectors(svd, InverseGap.analytic(), g, g, solver));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("matrix 1 of the batch"));
    assertRefused(
        "leftCotangents must be 2 matrices 2×2, got 1 of 2×2",
        () ->
            SvdGradient.backwardVectors(
                svd, InverseGap.analytic(), MatrixBatch.of(gaussian(2, 2, 3)), g, solver));
    assertRefused(
        "valueCotangents must have 16",
        () -> SvdGradient.backwardValues(svd, new double[2], solver));
  }
}
