package eigengrad.bench.peers.contestant;

import static eigengrad.props.Limit.RESIDUAL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.Svd;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class TaskTest {
  private static final long SEED = 3;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NATIVE")
  void check_everyLibraryAndWorkload_isAccurate(LibraryName name) {
    Library library = name.open(1);
    assertFalse(library.description().isBlank());
    EnumSet<Workload> done = EnumSet.noneOf(Workload.class);
    for (Workload workload : Workload.values()) {
      for (int n : new int[] {1, 2, 8, 33}) {
        Task task = Task.of(library, workload, n, SEED);
        if (task != null) {
          done.add(workload);
          check(task.check(), workload, n);
        }
      }
    }
    assertTrue(done.contains(Workload.DENSE), done::toString);
  }

  private static void check(Answer answer, Workload workload, int n) {
    String what = workload + ", n = " + n;
    assertTrue(
        answer.residual() <= RESIDUAL.value(), () -> what + ": residual " + answer.residual());
    assertTrue(
        answer.orthogonality() <= RESIDUAL.value(), () -> what + ": " + answer.orthogonality());
    if (workload == Workload.GEMM) {
      assertEquals(0, answer.values().length);
      return;
    }
    double[] expected = expected(workload, n);
    double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
    double tolerance = RESIDUAL.value() * n * workload.ulp() * largest;
    assertArrayEquals(expected, answer.values(), tolerance, what);
  }

  private static double[] expected(Workload workload, int n) {
    DenseMatrix a = DenseMatrix.of(workload.rows(n), n, workload.matrix(n, SEED));
    if (!workload.isSvd()) {
      return SymmetricEigen.values(a);
    }
    double[] descending = Svd.values(a);
    double[] ascending = new double[n];
    Arrays.setAll(ascending, j -> descending[n - 1 - j]);
    return ascending;
  }

  @Test
  void check_singularVectorsExchanged_isRefused() {
    double[] diagonal = {3, 0, 0, 1};
    double[] identity = {1, 0, 0, 1};
    double[] exchanged = {0, 1, 1, 0};
    double[] values = {3, 1};
    assertEquals(0, svd(diagonal, values, identity, identity).residual());
    assertTrue(svd(diagonal, values, exchanged, exchanged).residual() > 1e10);
    assertTrue(
        svd(diagonal, values, identity, new double[] {1, 0, 0, 1.001}).orthogonality() > 1e10);
  }

  /** The answer given for a matrix of order 2. */
  private static Answer svd(double[] a, double[] values, double[] left, double[] right) {
    SvdJob job =
        new SvdJob() {
          @Override
          public void run() {}

          @Override
          public double[] values() {
            return values;
          }

          @Override
          public double[] left() {
            return left;
          }

          @Override
          public double[] right() {
            return right;
          }
        };
    return new Task.Svd(2, 2, a, job, true, SpectralAccuracy.ULP).check();
  }

  @Test
  void check_valuesOutOfOrder_areSortedWithTheirVectors() {
    Answer answer = answer(new double[] {3, 1}, new double[] {0, 1, 1, 0});
    assertArrayEquals(new double[] {1, 3}, answer.values());
    assertEquals(0, answer.residual());
  }

  @Test
  void check_vectorsExchanged_isRefused() {
    assertTrue(answer(new double[] {3, 1}, new double[] {1, 0, 0, 1}).residual() > 1e10);
  }

  @Test
  void check_vectorsNotOrthogonal_isRefused() {
    assertTrue(answer(new double[] {1, 3}, new double[] {1, 0, 0, 1.001}).orthogonality() > 1e10);
  }

  @Test
  void check_productWrongInOneElement_isRefused() {
    double[] identity = {1, 0, 0, 1};
    ProductJob job =
        new ProductJob() {
          @Override
          public void run() {}

          @Override
          public double[] product() {
            return new double[] {1, 0, 1e-3, 1};
          }
        };
    assertTrue(new Task.Product(2, identity, identity, job).check().residual() > 1e10);
  }

  /** Eigengrad's answer to floats is as good as floats can be, and is judged in their ulps. */
  @Test
  void single_floatsInAndOut_areJudgedInTheirUlps() {
    Task task = Task.of(new Eigengrad(1), Workload.SINGLE, 40, SEED);
    Answer answer = Objects.requireNonNull(task).check();
    assertTrue(answer.residual() < 1 && answer.residual() > 1e-4, answer::toString);
    assertTrue(answer.orthogonality() < 1 && answer.orthogonality() > 1e-4, answer::toString);
    assertNull(Task.of(new Ejml(1), Workload.SINGLE, 8, SEED));
  }

  @Test
  void clustered_values_areFourNumbers() {
    double[] values =
        SymmetricEigen.values(DenseMatrix.of(16, 16, Workload.CLUSTERED.matrix(16, SEED)));
    double[] expected = new double[16];
    Arrays.setAll(expected, j -> 1 + j / 4);
    assertArrayEquals(expected, values, 1e-12);
  }

  @Test
  void covariance_diagonal_decays() {
    double[] a = Workload.COVARIANCE.matrix(8, SEED);
    assertTrue(a[63] < 1e-5 * a[0]);
    assertTrue(a[63] > 0);
  }

  /** The answer given for diag(1, 3). */
  private static Answer answer(double[] values, double[] vectors) {
    EigenJob job = new FakeLibrary(values, vectors).eigen(2, new double[4], true);
    return new Task.Eigen(2, new double[] {1, 0, 0, 3}, job, true, SpectralAccuracy.ULP).check();
  }
}
