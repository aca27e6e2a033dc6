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
  private static final DenseMatrix PAIRED = TestMatrices.gluedWilkinson(1);
  private static final DenseMatrix LARGE = DenseMatrix.of(2, 2, MOST, MOST, MOST, MOST);
  private static final DenseMatrix NOT_FINITE = DenseMatrix.diagonal(1, Double.NaN);
  private static final IndexRange TWO = IndexRange.largest(2);

  private interface Solve {
    Object with(EigenWorkspace workspace);
  }

  private static MatrixBatch batch(DenseMatrix matrix) {
    return MatrixBatch.of(DenseMatrix.identity(matrix.rows()), matrix);
  }

  private static List<Solve> failures() {
    double[] d = {MOST, MOST};
    double[] e = {MOST};
    return List.of(
        w -> SymmetricEigen.decompose(PAIRED, HASTY, w),
        w -> SymmetricEigen.decompose(PAIRED, IndexRange.largest(20), HASTY, w),
        w -> SymmetricEigen.decompose(LARGE, OPTIONS, w),
        w -> SymmetricEigen.decompose(LARGE, TWO, OPTIONS, w),
        w -> SymmetricEigen.decompose(SOUND, IndexRange.largest(22), OPTIONS, w),
        w -> SymmetricEigen.values(LARGE, OPTIONS, w),
        w -> SymmetricEigen.values(LARGE, TWO, OPTIONS, w),
        w -> SymmetricEigen.values(NOT_FINITE, OPTIONS, w),
        w -> TridiagonalEigen.decompose(d, e, OPTIONS, w),
        w -> TridiagonalEigen.decompose(d, e, TWO, OPTIONS, w),
        w -> TridiagonalEigen.values(d, e, OPTIONS, w),
        w -> TridiagonalEigen.values(d, e, TWO, OPTIONS, w),
        w -> TridiagonalEigen.values(d, d, OPTIONS, w),
        w -> BatchedSymmetricEigen.decompose(batch(PAIRED), HASTY, FailurePolicy.THROW, w),
        w -> BatchedSymmetricEigen.decompose(batch(LARGE), OPTIONS, FailurePolicy.THROW, w),
        w -> BatchedSymmetricEigen.decompose(batch(NOT_FINITE), OPTIONS, FailurePolicy.THROW, w),
        w -> PowerIteration.DEFAULT.leading(batch(LARGE), 2, Parallelism.sequential(), w),
        w -> PowerIteration.DEFAULT.leading(batch(NOT_FINITE), 2, Parallelism.sequential(), w),
        w -> PowerIteration.DEFAULT.leading(batch(LARGE), 3, Parallelism.sequential(), w));
  }

  @Test
  void workspace_anyFailure_leavesItFreeWithTheBitsOfAFreshOne() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (Solve failure : failures()) {
      assertThrows(RuntimeException.class, () -> failure.with(workspace));
      requireBitsOfAFreshOne(workspace);
    }
  }

  @Test
  void workspace_interrupted_leavesItFreeWithTheBitsOfAFreshOne() {
    EigenWorkspace workspace = new EigenWorkspace();
    for (Solve solve :
        List.<Solve>of(
            w -> SymmetricEigen.decompose(SOUND, OPTIONS, w),
            w -> BatchedSymmetricEigen.decompose(batch(SOUND), OPTIONS, FailurePolicy.THROW, w),
            w -> PowerIteration.DEFAULT.leading(batch(SOUND), 2, Parallelism.sequential(), w))) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> solve.with(workspace));
      assertTrue(Thread.interrupted());
      requireBitsOfAFreshOne(workspace);
    }
  }

  private static void requireBitsOfAFreshOne(EigenWorkspace workspace) {
    EigenWorkspace fresh = new EigenWorkspace();
    Eigendecomposition expected = SymmetricEigen.decompose(SOUND, OPTIONS, fresh);
    Eigendecomposition actual = SymmetricEigen.decompose(SOUND, OPTIONS, workspace);
    assertArrayEquals(expected.values(), actual.values());
    assertEquals(expected.vectors(), actual.vectors());
    assertEquals(
        SymmetricEigen.decompose(SOUND, TWO, OPTIONS, fresh).vectors(),
        SymmetricEigen.decompose(SOUND, TWO, OPTIONS, workspace).vectors());
    assertArrayEquals(
        BatchedSymmetricEigen.decompose(batch(SOUND), OPTIONS, FailurePolicy.THROW, fresh)
            .interleavedValues(),
        BatchedSymmetricEigen.decompose(batch(SOUND), OPTIONS, FailurePolicy.THROW, workspace)
            .interleavedValues());
    PowerIteration few = new PowerIteration(20, 1e-12, 1);
    assertArrayEquals(
        few.leading(batch(SOUND), 2, Parallelism.sequential(), fresh).interleavedVectors(),
        few.leading(batch(SOUND), 2, Parallelism.sequential(), workspace).interleavedVectors());
  }

  /** What is refused before it is solved leaves the memory it was to be written to. */
  @Test
  void overwritten_refusedCall_isLeftAlone() {
    BatchedEigendecomposition memory = BatchedSymmetricEigen.decompose(batch(SOUND));
    double[] values = memory.interleavedValues().clone();
    double[] vectors = memory.vectors().interleaved().clone();
    EigenWorkspace workspace = new EigenWorkspace();
    MatrixBatch other = batch(LARGE);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BatchedSymmetricEigen.decompose(
                other, OPTIONS, FailurePolicy.THROW, workspace, memory));
    workspace.acquire();
    assertThrows(
        IllegalStateException.class,
        () ->
            BatchedSymmetricEigen.decompose(
                batch(SOUND), OPTIONS, FailurePolicy.THROW, workspace, memory));
    assertArrayEquals(values, memory.interleavedValues());
    assertArrayEquals(vectors, memory.vectors().interleaved());
  }
}
