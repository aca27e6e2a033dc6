package eigengrad.linalg.internal.svd.conquer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lender;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals.Bidiagonal;
import eigengrad.linalg.internal.svd.conquer.SolvedBidiagonal.Solver;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BidiagonalSolverTest {
  private final BidiagonalSolver solver = new BidiagonalSolver();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 9, 16, 31, 33, 100})
  void solve_hostileMatrix_isAccurate(int n) {
    HostileBidiagonals.all(n)
        .forEach(
            (name, b) -> SolvedBidiagonal.of(b, by(Crew.alone())).requireAccurate(name + ", " + n));
  }

  /** Beyond what one worker joins by itself, with a pole at zero and without. */
  @Test
  void solve_largeMatrix_isAccurate() {
    Bidiagonal b = HostileBidiagonals.reducedFromRandom(500, 1);
    SolvedBidiagonal.of(b, by(Crew.alone())).requireAccurate("random");
    SolvedBidiagonal.of(b.with(200, 0), by(Crew.alone())).requireAccurate("zero inside");
  }

  /** Elements that span the range of doubles: small values are as accurate as large ones. */
  @Test
  void solve_gradedDiagonalBlocks_areSolvedAtTheirOwnScale() {
    Bidiagonal b =
        Bidiagonal.of(
            30, i -> Math.scalb(1.0 + i % 3, -100 * (i / 3)), i -> i % 3 == 2 ? 0 : small(i));
    SolvedBidiagonal solved = SolvedBidiagonal.of(b, by(Crew.alone()));
    for (int block = 0; block < 10; block++) {
      double scale = Math.scalb(1.0, 100 * block);
      for (int j = 0; j < 3; j++) {
        double expected = SolvedBidiagonal.of(firstBlock(), by(Crew.alone())).values()[j];
        assertEquals(expected, solved.values()[3 * block + j] * scale, 4e-15, "block " + block);
      }
    }
  }

  private static double small(int i) {
    return Math.scalb(0.5, -100 * (i / 3));
  }

  private static Bidiagonal firstBlock() {
    return Bidiagonal.of(3, i -> 1 + i % 3, i -> 0.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 9, 16, 31, 33, 100})
  void solveValues_hostileMatrix_findsThem(int n) {
    HostileBidiagonals.all(n)
        .forEach(
            (name, b) -> {
              double[] d = b.d().clone();
              assertEquals(0, solver.solveValues(n, d, b.e().clone(), Crew.alone()), name);
              SolvedBidiagonal.requireValues(name + ", " + n, b, d);
            });
  }

  @Test
  void solveLargest_anyMatrix_agreesWithAll() {
    int n = 40;
    HostileBidiagonals.all(n)
        .forEach(
            (name, b) -> {
              for (int count : new int[] {0, 1, 7, n}) {
                requireLargest(name + ", " + count, b, count);
              }
            });
  }

  private void requireLargest(String name, Bidiagonal b, int count) {
    int n = b.size();
    double[] all = b.d().clone();
    assertEquals(0, solver.solveValues(n, all, b.e(), Crew.alone()), name);
    double[] d = b.d().clone();
    double[] u = new double[n * count];
    double[] v = new double[n * count];
    assertEquals(
        0, solver.solveLargest(n, d, b.e(), count, u, 0, n, v, 0, n, 30, Crew.alone()), name);
    for (int j = 0; j < count; j++) {
      assertEquals(all[j], d[j], n * 0x1p-51, name + ": value " + j);
      requireTriplet(
          name + ": triplet " + j, b, d[j], Arrays.copyOfRange(u, j * n, j * n + n), v, j);
    }
  }

  /** ‖Bv − σu‖ is small, and neither vector is zero. */
  private static void requireTriplet(
      String name, Bidiagonal b, double sigma, double[] u, double[] v, int j) {
    int n = b.size();
    double uSquare = 0;
    double vSquare = 0;
    for (int i = 0; i < n; i++) {
      double right = v[j * n + i];
      double product = b.d()[i] * right + (i < n - 1 ? b.e()[i] * v[j * n + i + 1] : 0);
      assertEquals(sigma * u[i], product, n * 0x1p-50, name);
      uSquare += u[i] * u[i];
      vSquare += right * right;
    }
    assertEquals(1, uSquare, n * 0x1p-50, name);
    assertEquals(1, vSquare, n * 0x1p-50, name);
  }

  @Test
  void solve_helpers_giveTheSameBits() {
    Bidiagonal b = HostileBidiagonals.reducedFromRandom(530, 2);
    for (Bidiagonal each : new Bidiagonal[] {b, b.with(300, 0)}) {
      SolvedBidiagonal alone = SolvedBidiagonal.of(each, by(Crew.alone()));
      try (ExecutorService pool = Executors.newFixedThreadPool(2);
          Crew crew = Crew.of(Lender.of(pool), 2)) {
        SolvedBidiagonal shared = SolvedBidiagonal.of(each, by(crew));
        assertArrayEquals(alone.values(), shared.values());
        assertEquals(alone.u(), shared.u());
        assertEquals(alone.v(), shared.v());
      }
    }
  }

  @Test
  void solve_noIterations_tellsWhatIsLeft() {
    Bidiagonal b = HostileBidiagonals.random(20, 1).with(10, 0);
    double[] u = new double[400];
    double[] v = new double[400];
    int left = solver.solve(20, b.d(), b.e(), u, 0, 20, v, 0, 20, 0, Crew.alone());
    assertTrue(left > 0, "left " + left);
  }

  private Solver by(Crew crew) {
    return (n, d, e, u, uOffset, ldu, v, vOffset, ldv) ->
        solver.solve(n, d, e, u, uOffset, ldu, v, vOffset, ldv, 30, crew);
  }
}
