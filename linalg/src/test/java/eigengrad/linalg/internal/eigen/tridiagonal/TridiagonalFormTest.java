package eigengrad.linalg.internal.eigen.tridiagonal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.TestMatrices;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TridiagonalFormTest {
  private final TridiagonalForm form = new TridiagonalForm();

  /** Plain loops up to 12, kernels beyond; one form for all, as in a solver. */
  @Test
  void reduce_everyOrder_isSimilarToTheMatrixWhateverIsAboveTheDiagonal() {
    for (int n : new int[] {17, 12, 1, 13, 5, 2, 8, 3, 11, 4, 30, 12}) {
      DenseMatrix matrix = TestMatrices.uniform(n, n);
      double[] lower = matrix.toArray();
      for (int j = 0; j < n; j++) {
        Arrays.fill(lower, j * n, j * n + j, Double.NaN);
      }
      double[] before = lower.clone();
      requireForm(matrix, form.reduce(n, lower, 0, Crew.alone()));
      assertArrayEquals(before, lower);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 20})
  void reduce_columnsWithNothingToAnnihilate_areLeftAlone(int n) {
    double[] a = symmetric(n);
    for (int i = 2; i < n; i++) {
      a[i] = 0;
      a[i * n] = 0;
    }
    DenseMatrix matrix = DenseMatrix.of(n, n, a);
    TridiagonalMatrix reduced = form.reduce(n, a, 0, Crew.alone());
    assertEquals(a[0], reduced.diagonal()[0]);
    assertEquals(a[1], reduced.offDiagonal()[0]);
    requireForm(matrix, reduced);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 20})
  void reduce_exponent_scalesTheMatrix(int n) {
    double[] a = symmetric(n);
    TridiagonalMatrix reduced = form.reduce(n, a, 0, Crew.alone());
    double[] diagonal = Arrays.copyOf(reduced.diagonal(), n);
    double[] offDiagonal = Arrays.copyOf(reduced.offDiagonal(), n - 1);
    for (int i = 0; i < a.length; i++) {
      a[i] *= 0x1p-900;
    }
    reduced = form.reduce(n, a, 900, Crew.alone());
    assertArrayEquals(diagonal, Arrays.copyOf(reduced.diagonal(), n));
    assertArrayEquals(offDiagonal, Arrays.copyOf(reduced.offDiagonal(), n - 1));
  }

  /** Fewer columns than rows, as for a range of pairs. */
  @ParameterizedTest
  @ValueSource(ints = {6, 20})
  void transformBack_someColumns_areThoseOfAll(int n) {
    form.reduce(n, symmetric(n), 0, Crew.alone());
    double[] all = identity(n);
    form.transformBack(n, n, all, Crew.alone());
    double[] some = Arrays.copyOf(identity(n), 2 * n);
    form.transformBack(n, 2, some, Crew.alone());
    assertArrayEquals(Arrays.copyOf(all, 2 * n), some, 1e-14);
  }

  /** A = QTQᵀ and QᵀQ = I but for roundings. */
  private void requireForm(DenseMatrix matrix, TridiagonalMatrix reduced) {
    int n = matrix.rows();
    double[] q = identity(n);
    form.transformBack(n, n, q, Crew.alone());
    DenseMatrix basis = DenseMatrix.of(n, n, q);
    DenseMatrix t =
        new Tridiagonal(
                Arrays.copyOf(reduced.diagonal(), n), Arrays.copyOf(reduced.offDiagonal(), n - 1))
            .dense();
    DenseMatrix similar = basis.times(t).times(basis.transpose());
    double roundings = Math.ulp(matrix.maxAbs()) * n;
    assertTrue(SpectralAccuracy.orthogonality(basis) <= 4);
    assertArrayEquals(matrix.toArray(), similar.toArray(), 8 * roundings);
  }

  private static double[] identity(int n) {
    return DenseMatrix.identity(n).toArray();
  }

  private static double[] symmetric(int n) {
    return TestMatrices.uniform(n, n).toArray();
  }
}
