package eigengrad.linalg;

import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile family of the accuracy suite side by side in one batch. */
class BatchedAccuracyTest {
  private static final long SEED = 1;

  /** Where Jacobi, lock-step and single solves meet at any lane width, and beyond. */
  static IntStream orders() {
    return IntStream.concat(IntStream.rangeClosed(1, 34), IntStream.of(40, 41, 64));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void decompose_hostileMatricesSideBySide_areAllAccurate(int n) {
    DenseMatrix[] matrices = hostile(n);
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(MatrixBatch.of(matrices));
    List<String> excesses = new ArrayList<>();
    for (int b = 0; b < matrices.length; b++) {
      Eigendecomposition own = eigen.decomposition(b);
      double residual = own.residual(matrices[b]);
      double orthogonality = own.orthogonality();
      double count = SturmCount.of(matrices[b]).ratio(own.values());
      if (!(residual <= RATIO_LIMIT && orthogonality <= RATIO_LIMIT && count <= RATIO_LIMIT)) {
        excesses.add(b + ": " + residual + ", " + orthogonality + ", " + count);
      }
    }
    assertEquals(List.of(), excesses);
  }

  /** Dense families, then tridiagonal ones. */
  static DenseMatrix[] hostile(int n) {
    List<DenseMatrix> matrices = new ArrayList<>();
    for (Supplier<DenseMatrix> matrix : HostileMatrices.all(n, SEED).values()) {
      matrices.add(matrix.get());
    }
    HostileTridiagonals.all(n, SEED).values().forEach(t -> matrices.add(t.dense()));
    matrices.removeIf(matrix -> matrix.rows() != n);
    return matrices.toArray(DenseMatrix[]::new);
  }
}
