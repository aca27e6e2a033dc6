package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolarDecompositionTest {
  private static final double LIMIT = 30;
  private static final DenseMatrix ROTATION =
      DenseMatrix.ofRows(new double[][] {{0.36, 0.48, -0.8}, {-0.8, 0.6, 0}, {0.48, 0.64, 0.6}});

  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "4,2", "2,5", "9,9", "40,3", "35,36"})
  void polar_hostileMatrices_isAccurateAloneAndInABatch(int m, int n) {
    DenseMatrix[] matrices = RectangularMatrices.all(m, n, 1).values().toArray(DenseMatrix[]::new);
    BatchedPolarDecomposition batch = Svd.polar(MatrixBatch.of(matrices));
    for (int b = 0; b < matrices.length; b++) {
      requirePolar(matrices[b], Svd.polar(matrices[b]));
      requirePolar(matrices[b], batch.decomposition(b));
    }
  }

  private static void requirePolar(DenseMatrix a, PolarDecomposition polar) {
    DenseMatrix h = polar.symmetricFactor();
    assertTrue(polar.residual(a) <= LIMIT, () -> polar.residual(a) + "\n" + a);
    assertTrue(polar.orthogonality() <= LIMIT, () -> polar.orthogonality() + "\n" + a);
    assertEquals(h, h.transpose());
    int n = h.rows();
    assertTrue(SymmetricEigen.values(h)[0] >= -LIMIT * n * 0x1p-52 * h.maxAbs(), () -> "" + h);
  }

  @Test
  void nearestRotation_reflectedPoints_isTheRotationOfTheOthers() {
    // Points moved by a rotation, measured with noise that makes det A < 0 (Kabsch).
    DenseMatrix stretch = DenseMatrix.diagonal(3, 2, -0.1);
    DenseMatrix a = ROTATION.times(stretch);
    PolarDecomposition nearest = Svd.nearestRotation(a);
    requireClose(ROTATION, nearest.orthogonalFactor());
    requireClose(stretch, nearest.symmetricFactor());
    assertTrue(nearest.residual(a) <= LIMIT);
    DenseMatrix reflection = ROTATION.times(DenseMatrix.diagonal(1, 1, -1));
    requireClose(reflection, Svd.polar(a).orthogonalFactor());
    BatchedPolarDecomposition batch =
        Svd.nearestRotation(MatrixBatch.of(a, ROTATION, a.times(-1), ROTATION.times(stretch)));
    requireClose(ROTATION, batch.orthogonalFactors().matrix(0));
    requireClose(ROTATION, batch.orthogonalFactors().matrix(1));
    requireClose(
        ROTATION.times(DenseMatrix.diagonal(-1, -1, 1)), batch.orthogonalFactors().matrix(2));
    requireClose(stretch, batch.symmetricFactors().matrix(3));
  }

  private static void requireClose(DenseMatrix expected, DenseMatrix actual) {
    double error = expected.minus(actual).maxAbs();
    assertTrue(error <= 1e-14, () -> expected + "\n" + actual);
  }

  @ParameterizedTest
  @CsvSource({"3,3", "7,4", "4,7", "9,9"})
  void batch_polar_isThatOfItsDecomposition(int m, int n) {
    MatrixBatch batch = uniform(m, n, 43);
    BatchedSingularValueDecomposition svd = Svd.decompose(batch);
    requireSame(BatchedPolarDecomposition.of(svd), Svd.polar(batch));
    if (m == n) {
      requireSame(BatchedPolarDecomposition.nearestRotation(svd), Svd.nearestRotation(batch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 40})
  void batch_threads_haveTheSameBits(int n) {
    MatrixBatch batch = uniform(n, n, 70);
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      SvdSolver threads = new SvdSolver(SvdOptions.DEFAULT.withParallelism(Parallelism.of(pool)));
      requireSame(Svd.polar(batch), threads.polar(batch));
      requireSame(Svd.nearestRotation(batch), threads.nearestRotation(batch));
    }
  }

  private static MatrixBatch uniform(int m, int n, int count) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    for (int b = 0; b < count; b++) {
      matrices[b] = RectangularMatrices.uniform(m, n, b);
    }
    return MatrixBatch.of(matrices);
  }

  private static void requireSame(
      BatchedPolarDecomposition expected, BatchedPolarDecomposition actual) {
    for (int b = 0; b < expected.count(); b++) {
      assertEquals(
          expected.orthogonalFactors().matrix(b), actual.orthogonalFactors().matrix(b), "" + b);
      assertEquals(
          expected.symmetricFactors().matrix(b), actual.symmetricFactors().matrix(b), "" + b);
    }
  }

  @Test
  void nearestRotation_everyOrder_hasDeterminantOne() {
    for (int n = 1; n <= 12; n++) {
      for (int seed = 0; seed < 4; seed++) {
        DenseMatrix a = RectangularMatrices.uniform(n, n, seed);
        DenseMatrix q = Svd.nearestRotation(a).orthogonalFactor();
        assertEquals(1, determinant(q), 1e-13);
        MatrixBatch batch = MatrixBatch.of(a, a);
        assertEquals(
            1, determinant(Svd.nearestRotation(batch).orthogonalFactors().matrix(1)), 1e-13);
      }
    }
  }

  /** By rotations that make the matrix triangular. */
  private static double determinant(DenseMatrix matrix) {
    int n = matrix.rows();
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = matrix.get(i, j);
      }
    }
    double determinant = 1;
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        // A rotation of rows k and i keeps the determinant.
        double length = Math.hypot(rows[k][k], rows[i][k]);
        double c = length == 0 ? 1 : rows[k][k] / length;
        double s = length == 0 ? 0 : rows[i][k] / length;
        for (int j = k; j < n; j++) {
          double upper = rows[k][j];
          rows[k][j] = c * upper + s * rows[i][j];
          rows[i][j] = c * rows[i][j] - s * upper;
        }
      }
      determinant *= rows[k][k];
    }
    return determinant;
  }

  @Test
  void polar_rankDeficientMatrix_isAlwaysTheSame() {
    DenseMatrix a = RectangularMatrices.withValues(5, 5, j -> j < 2 ? 1 : 0, 1);
    assertEquals(Svd.polar(a).orthogonalFactor(), Svd.polar(a).orthogonalFactor());
    DenseMatrix zero = DenseMatrix.diagonal(0, 0, 0);
    assertEquals(1, determinant(Svd.nearestRotation(zero).orthogonalFactor()), 1e-15);
    assertEquals(zero, Svd.polar(zero).symmetricFactor());
  }

  @Test
  void nearestRotation_whatHasNone_isRefused() {
    DenseMatrix wide = RectangularMatrices.uniform(2, 3, 1);
    String message = "a rotation is square: the matrix must be, too, got 2×3";
    refuse(message, () -> Svd.nearestRotation(wide));
    refuse(message, () -> Svd.nearestRotation(MatrixBatch.of(wide)));
    refuse(
        "a polar decomposition needs all 2 singular values, got the 1 largest",
        () -> PolarDecomposition.of(Svd.decompose(wide, 1)));
    SvdSolver list = new SvdSolver(SvdOptions.DEFAULT.withFailurePolicy(FailurePolicy.LIST));
    DenseMatrix nan = DenseMatrix.of(1, 1, Double.NaN);
    BatchedPolarDecomposition polar = list.polar(MatrixBatch.of(DenseMatrix.identity(1), nan));
    assertEquals(1, polar.failures().size());
    assertEquals(DenseMatrix.identity(1), polar.decomposition(0).orthogonalFactor());
    assertThrows(IllegalArgumentException.class, () -> polar.decomposition(1));
  }

  private static void refuse(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
