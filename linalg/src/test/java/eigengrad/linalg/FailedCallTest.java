package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A call that is refused or fails leaves everything that has a state as it was. */
class FailedCallTest {
  private static final EigenOptions OPTIONS = EigenOptions.DEFAULT;
  private static final EigenOptions HASTY = new EigenOptions(1e-10, 1, 32);
  private static final double MOST = Double.MAX_VALUE;
  private static final DenseMatrix SOUND = TestMatrices.uniform(21, 1);
  private static final DenseMatrix CLUSTERED = TestMatrices.clustered(21);
  private static final DenseMatrix LARGE = DenseMatrix.of(2, 2, MOST, MOST, MOST, MOST);
  private static final DenseMatrix NOT_FINITE = DenseMatrix.diagonal(1, Double.NaN);
  private static final IndexRange TWO = IndexRange.largest(2);

  private interface Solve {
    Object with(EigenSolver solver);
  }

  private static MatrixBatch batch(DenseMatrix matrix) {
    return MatrixBatch.of(DenseMatrix.identity(matrix.rows()), matrix);
  }

  private static List<Solve> failures() {
    double[] d = {MOST, MOST};
    double[] e = {MOST};
    return List.of(
        w -> w.with(HASTY).decompose(CLUSTERED),
        w -> w.with(HASTY).decompose(CLUSTERED, IndexRange.largest(20)),
        w -> w.with(OPTIONS).decompose(LARGE),
        w -> w.with(OPTIONS).decompose(LARGE, TWO),
        w -> w.with(OPTIONS).decompose(SOUND, IndexRange.largest(22)),
        w -> w.with(OPTIONS).values(LARGE),
        w -> w.with(OPTIONS).values(LARGE, TWO),
        w -> w.with(OPTIONS).values(NOT_FINITE),
        w -> w.with(OPTIONS).decompose(d, e),
        w -> w.with(OPTIONS).decompose(d, e, TWO),
        w -> w.with(OPTIONS).values(d, e),
        w -> w.with(OPTIONS).values(d, e, TWO),
        w -> w.with(OPTIONS).values(d, d),
        w -> w.with(HASTY).decompose(batch(CLUSTERED)),
        w -> w.with(OPTIONS).decompose(batch(LARGE)),
        w -> w.with(OPTIONS).decompose(batch(NOT_FINITE)),
        w -> PowerIteration.DEFAULT.leading(batch(LARGE), 2, w),
        w -> PowerIteration.DEFAULT.leading(batch(NOT_FINITE), 2, w),
        w -> PowerIteration.DEFAULT.leading(batch(LARGE), 3, w));
  }

  @Test
  void workspace_anyFailure_leavesItFreeWithTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    for (Solve failure : failures()) {
      assertThrows(RuntimeException.class, () -> failure.with(solver));
      requireBitsOfAFreshOne(solver);
    }
  }

  @Test
  void workspace_interrupted_leavesItFreeWithTheBitsOfAFreshOne() {
    EigenSolver solver = new EigenSolver();
    for (Solve solve :
        List.<Solve>of(
            w -> w.with(OPTIONS).decompose(SOUND),
            w -> w.with(OPTIONS).decompose(batch(SOUND)),
            w -> PowerIteration.DEFAULT.leading(batch(SOUND), 2, w))) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> solve.with(solver));
      assertTrue(Thread.interrupted());
      requireBitsOfAFreshOne(solver);
    }
  }

  private static void requireBitsOfAFreshOne(EigenSolver solver) {
    EigenSolver fresh = new EigenSolver();
    Eigendecomposition expected = fresh.with(OPTIONS).decompose(SOUND);
    Eigendecomposition actual = solver.with(OPTIONS).decompose(SOUND);
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.vectors(), actual.vectors());
    assertEquals(
        fresh.with(OPTIONS).decompose(SOUND, TWO).vectors(),
        solver.with(OPTIONS).decompose(SOUND, TWO).vectors());
    assertArrayEquals(
        fresh.with(OPTIONS).decompose(batch(SOUND)).interleavedValues(),
        solver.with(OPTIONS).decompose(batch(SOUND)).interleavedValues());
    PowerIteration few = new PowerIteration(20, 1e-12, 1);
    assertArrayEquals(
        few.leading(batch(SOUND), 2, fresh).interleavedVectors(),
        few.leading(batch(SOUND), 2, solver).interleavedVectors());
  }

  /** What is refused before it is solved leaves the memory it was to be written to. */
  @Test
  void overwritten_refusedCall_isLeftAlone() {
    BatchedEigendecomposition memory = SymmetricEigen.decompose(batch(SOUND));
    double[] values = memory.interleavedValues().clone();
    double[] vectors = memory.vectors().interleaved().clone();
    EigenSolver solver = new EigenSolver();
    MatrixBatch other = batch(LARGE);
    assertThrows(
        IllegalArgumentException.class, () -> solver.with(OPTIONS).decompose(other, memory));
    solver.workspace().acquire();
    assertThrows(
        IllegalStateException.class, () -> solver.with(OPTIONS).decompose(batch(SOUND), memory));
    assertArrayEquals(values, memory.interleavedValues());
    assertArrayEquals(vectors, memory.vectors().interleaved());
  }
}
