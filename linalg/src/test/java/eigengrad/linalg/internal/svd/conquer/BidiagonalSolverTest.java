package eigengrad.linalg.internal.svd.conquer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.conquer.SolvedBidiagonal.Solver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BidiagonalSolverTest {
  private final BidiagonalSolver solver = new BidiagonalSolver();

  private final Solver whole =
      (n, d, e, u, uOffset, ldu, v, vOffset, ldv) ->
          solver.solve(n, d, e, u, uOffset, ldu, v, vOffset, ldv, 30, Crew.alone());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 17, 33, 64, 150})
  void solve_hostileMatrix_isAccurate(int n) {
    HostileBidiagonals.all(n)
        .forEach((name, b) -> SolvedBidiagonal.of(b, whole).requireAccurate(name + ", " + n));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 17, 33, 64, 150})
  void solveValues_hostileMatrix_findsThem(int n) {
    HostileBidiagonals.all(n)
        .forEach(
            (name, b) -> {
              double[] d = b.d().clone();
              assertEquals(0, solver.solveValues(n, d, b.e().clone(), Crew.alone()), name);
              SolvedBidiagonal.requireValues(name + ", " + n, b, d);
            });
  }
}
