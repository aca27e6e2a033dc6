package eigengrad.linalg.internal.eigen.conquer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind {@code TridiagonalSolver} a failed merge would go unseen: the QL method follows. */
class DivideAndConquerTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8, 21, 150, 300})
  void solve_randomMatrix_needsNoOtherMethod(int n) {
    Random random = new Random(n);
    requireSolved(
        random.doubles(n, -1, 1).toArray(), random.doubles(n - 1, -1, 1).toArray(), false);
  }

  @Test
  void solve_clusters_needsNoOtherMethod() {
    double[] e = new Random(1).doubles(39, -1e-13, 1e-13).toArray();
    double[] d = new double[40];
    Arrays.fill(d, 1);
    requireSolved(d, e, true);
    Arrays.fill(e, 1e-8);
    requireSolved(d, e, true);
  }

  /** Blocks without a coupling are merged by sorting; the next merge relies on their order. */
  @Test
  void solve_descendingBlocksWithoutCoupling_areMergedInOrder() {
    requireSolved(new double[] {8, 7, 6, 5, 4, 3, 2, 1}, new double[] {0, 0, 0, 1, 0, 0, 0}, true);
    requireSolved(new double[] {8, 7, 6, 5, 4, 3, 2, 1}, new double[] {1, 0, 1, 1, 1, 0, 1}, true);
  }

  /** One subtree, and several. */
  @ParameterizedTest
  @ValueSource(ints = {40, 300})
  void solve_leavesThatMayNotIterate_isReported(int n) {
    TridiagonalMatrix t = random(n, n);
    assertFalse(new DivideAndConquer().solve(t, new double[n * n], 0, n, 8, true, 0, Crew.alone()));
  }

  private static TridiagonalMatrix random(int n, long seed) {
    Random random = new Random(seed);
    TridiagonalMatrix t = new TridiagonalMatrix();
    t.resize(n);
    for (int i = 0; i < n; i++) {
      t.diagonal()[i] = random.nextDouble();
      t.offDiagonal()[i] = random.nextDouble();
    }
    return t;
  }

  private static void requireSolved(double[] d, double[] e, boolean clustered) {
    int n = d.length;
    TridiagonalMatrix t = new TridiagonalMatrix();
    t.resize(n);
    for (int i = 0; i < n; i++) {
      t.diagonal()[i] = d[i];
      if (i < n - 1) {
        t.offDiagonal()[i] = e[i];
      }
    }
    double[] vectors = new double[n * n];
    assertTrue(
        new DivideAndConquer().solve(t, vectors, 0, n, 2, clustered, 30, Crew.alone()), "solved");
    double[] values = Arrays.copyOf(t.diagonal(), n);
    DenseMatrix v = DenseMatrix.of(n, n, vectors);
    double residual = SpectralAccuracy.residual(new Tridiagonal(d, e).dense(), values, v);
    assertTrue(residual <= 10, "residual " + residual);
    double orthogonality = SpectralAccuracy.orthogonality(v);
    assertTrue(orthogonality <= 10, "orthogonality " + orthogonality);
  }
}
