package eigengrad.linalg.internal.svd.golubkahan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals.Bidiagonal;
import eigengrad.linalg.internal.svd.conquer.SolvedBidiagonal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it solves is accurate, what it does not it leaves to others, and values it always finds. */
class GolubKahanSolverTest {
  private static final double ULP = 0x1p-52;

  /** LAPACK's limit, for ratios in units of n·2⁻⁵². */
  private static final double LIMIT = 30;

  private final GolubKahanSolver solver = new GolubKahanSolver();

  /** The hostile ones, and elements as large as they may be. */
  private static Map<String, Bidiagonal> matrices(int n) {
    Map<String, Bidiagonal> matrices = new TreeMap<>(HostileBidiagonals.all(n));
    Bidiagonal random = HostileBidiagonals.reducedFromRandom(n, 7);
    matrices.put("nearly too large", Bidiagonal.of(n, i -> i % 3 == 0 ? 2 : -2, i -> 2));
    matrices.put("alternating signs", Bidiagonal.of(n, i -> -random.d()[i], i -> random.e()[i]));
    return matrices;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 17, 33, 64})
  void solve_hostileMatrix_isAccurateWhereItSaysSo(int n) {
    matrices(n)
        .forEach(
            (name, b) -> {
              for (int count : new int[] {1, (n + 1) / 2, n}) {
                Triplets found = solve(b, count);
                if (found.solved()) {
                  found.requireAccurate(name + ", " + count + " of " + n);
                }
              }
            });
  }

  /** Otherwise the test above might see nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 33})
  void solve_separatedValues_succeeds(int n) {
    Bidiagonal reduced = HostileBidiagonals.reducedFromRandom(n, n);
    Bidiagonal even = HostileBidiagonals.withValues(evenly(n), n).scaledToOne();
    for (Bidiagonal b : new Bidiagonal[] {reduced, even}) {
      for (int count : new int[] {1, (n + 1) / 2, n}) {
        Triplets found = solve(b, count);
        assertTrue(found.solved(), count + " of " + n);
        found.requireAccurate(count + " of " + n);
      }
    }
  }

  private static double[] evenly(int n) {
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = 1 - j / (n + 1.0);
    }
    return values;
  }

  /** No basis of a tie comes from one vector at a time, and u and v of 0 from no vector of both. */
  @ParameterizedTest
  @ValueSource(ints = {8, 33})
  void solve_tiesAndZeros_areRefused(int n) {
    for (String name : new String[] {"identity", "zero", "values in two clusters"}) {
      Bidiagonal b = Objects.requireNonNull(HostileBidiagonals.all(n).get(name));
      assertFalse(solve(b, n).solved(), name + ", " + n);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 17, 33, 64})
  void findValues_hostileMatrix_areAsSturmCountsSay(int n) {
    matrices(n)
        .forEach(
            (name, b) -> {
              double[] values = b.d().clone();
              assertEquals(0, values(b, n, values), name);
              SolvedBidiagonal.requireValues(name + ", " + n, b, values);
              double[] largest = new double[(n + 1) / 2];
              assertEquals(0, values(b, largest.length, largest), name);
              for (int j = 0; j < largest.length; j++) {
                assertEquals(values[j], largest[j], LIMIT * n * ULP * values[0], name);
              }
            });
  }

  /** A vector that is off by a thousand roundings is seen. */
  @Test
  void requireAccurate_wrongVectorOrValue_isRejected() {
    Bidiagonal b = HostileBidiagonals.reducedFromRandom(9, 1);
    Triplets vector = solve(b, 9);
    vector.u()[3] += 1e-12;
    assertThrows(AssertionError.class, () -> vector.requireAccurate("vector"));
    Triplets value = solve(b, 9);
    value.values()[0] *= 1 + 1e-12;
    assertThrows(AssertionError.class, () -> value.requireAccurate("value"));
  }

  private int values(Bidiagonal b, int count, double[] values) {
    return solver.findValues(b.size(), b.d().clone(), 0, b.e(), 0, count, values, 0, Crew.alone());
  }

  private Triplets solve(Bidiagonal b, int count) {
    int n = b.size();
    double[] values = new double[count];
    double[] u = new double[n * count];
    double[] v = new double[n * count];
    boolean solved =
        solver.solve(n, b.d(), 0, b.e(), 0, count, values, 0, u, 0, n, v, 0, n, Crew.alone());
    return new Triplets(b, solved, values, u, v);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Triplets(Bidiagonal b, boolean solved, double[] values, double[] u, double[] v) {
    void requireAccurate(String name) {
      int n = b.size();
      double norm = 0;
      for (int i = 0; i < n; i++) {
        norm = Math.max(norm, Math.abs(b.d()[i]) + (i < n - 1 ? Math.abs(b.e()[i]) : 0));
      }
      DenseMatrix left = DenseMatrix.of(n, values.length, u);
      DenseMatrix right = DenseMatrix.of(n, values.length, v);
      requireRatio(name + ": orthogonality of U", SpectralAccuracy.orthogonality(left));
      requireRatio(name + ": orthogonality of V", SpectralAccuracy.orthogonality(right));
      for (int j = 0; j < values.length; j++) {
        assertTrue(j == 0 || values[j] <= values[j - 1], name + ": order at " + j);
        double residual = residual(j) / (norm * n * ULP);
        requireRatio(name + ": residual of triplet " + j, residual);
      }
    }

    /** The larger of ‖Bv − σu‖ and ‖Bᵀu − σv‖, elementwise. */
    private double residual(int j) {
      int n = b.size();
      double largest = 0;
      for (int i = 0; i < n; i++) {
        int at = i + j * n;
        double bv = b.d()[i] * v[at] + (i < n - 1 ? b.e()[i] * v[at + 1] : 0);
        double bu = b.d()[i] * u[at] + (i > 0 ? b.e()[i - 1] * u[at - 1] : 0);
        largest = Math.max(largest, Math.abs(bv - values[j] * u[at]));
        largest = Math.max(largest, Math.abs(bu - values[j] * v[at]));
      }
      return largest;
    }

    private static void requireRatio(String what, double ratio) {
      assertTrue(ratio <= LIMIT, what + " " + ratio);
    }
  }
}
