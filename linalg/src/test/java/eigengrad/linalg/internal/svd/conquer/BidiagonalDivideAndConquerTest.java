package eigengrad.linalg.internal.svd.conquer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals.Bidiagonal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind {@code BidiagonalSolver} a failed merge would go unseen: the QR method follows. */
class BidiagonalDivideAndConquerTest {
  private final BidiagonalDivideAndConquer solver = new BidiagonalDivideAndConquer();

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "8, 2", "21, 1", "40, 5", "150, 8", "300, 32"})
  void solve_hostileMatrix_needsNoOtherMethod(int n, int leaf) {
    Map<String, Bidiagonal> all = HostileBidiagonals.all(n);
    // A zero matrix is not near 1.
    all.values().removeIf(b -> HostileBidiagonals.norm(b) == 0);
    all.forEach((name, b) -> solved(b, leaf).requireAccurate(name + ", " + n));
  }

  private SolvedBidiagonal solved(Bidiagonal b, int leaf) {
    return SolvedBidiagonal.of(
        b,
        (n, d, e, u, uOffset, ldu, v, vOffset, ldv) -> {
          boolean solved =
              solver.solve(n, d, e, u, uOffset, ldu, v, vOffset, ldv, leaf, 30, Crew.alone());
          DescendingOrder order = new DescendingOrder();
          order.sort(n, d);
          order.permute(n, u, uOffset, ldu);
          order.permute(n, v, vOffset, ldv);
          return solved ? 0 : 1;
        });
  }

  @Test
  void solve_leavesThatMayNotIterate_isReported() {
    Bidiagonal b = HostileBidiagonals.random(300, 1);
    double[] u = new double[300 * 300];
    double[] v = new double[300 * 300];
    assertFalse(solver.solve(300, b.d().clone(), b.e(), u, 0, 300, v, 0, 300, 8, 0, Crew.alone()));
  }
}
