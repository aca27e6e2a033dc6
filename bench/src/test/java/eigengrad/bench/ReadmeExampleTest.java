package eigengrad.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.ZcaWhitening;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.BatchedSymmetricEigen;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenWorkspace;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's examples, compiled and run; the last test keeps the two alike. */
class ReadmeExampleTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SOURCE =
      Path.of("src/test/java/eigengrad/bench/ReadmeExampleTest.java");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void decomposition_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    double[] values = eigen.values(); // ascending
    DenseMatrix vectors = eigen.vectors(); // one a column
    double residual = eigen.residual(m); // LAPACK's ratio: good below 30, here about 0.5

    double[] valueCotangent = {0, 0, 1}; // ∂L/∂λ
    DenseMatrix vectorCotangent = vectors.times(0.5); // ∂L/∂V, whatever your loss gives
    DenseMatrix gradient = // ∂L/∂M, bounded even where eigenvalues meet
        EigenGradient.backward(
            eigen, InverseGap.powerIteration(19), valueCotangent, vectorCotangent);

    assertEquals(9, values[0] + values[1] + values[2], 1e-14);
    assertTrue(residual < 1);
    assertEquals(gradient.transpose(), gradient);
  }

  @Test
  void rangeThreadsAndBatch_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});

    EigenWorkspace workspace = new EigenWorkspace(); // memory to be used again
    EigenOptions threads =
        EigenOptions.DEFAULT.withParallelism(Parallelism.of(ForkJoinPool.commonPool()));
    Eigendecomposition same = // the same bits, for any number of threads
        SymmetricEigen.decompose(m, threads, workspace);
    PartialEigendecomposition leading = SymmetricEigen.decompose(m, IndexRange.largest(2));
    double[] valuesAlone = SymmetricEigen.values(m);

    MatrixBatch batch = MatrixBatch.of(m, m.times(2), DenseMatrix.identity(3)); // or thousands
    BatchedEigendecomposition all = BatchedSymmetricEigen.decompose(batch); // one a SIMD lane
    double least = all.value(1, 0); // of matrix 1

    assertEquals(SymmetricEigen.decompose(m).vectors(), same.vectors());
    assertArrayEquals(valuesAlone, same.values(), 1e-14);
    assertEquals(same.values()[2], leading.values()[1], 1e-14);
    assertEquals(2 * same.values()[0], least, 1e-14);
  }

  @Test
  void forwardModeAndFunction_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    DenseMatrix vectorCotangent = eigen.vectors();

    DenseMatrix direction = DenseMatrix.diagonal(1, 0, 0); // dM
    EigenTangent tangent = // dλ and dV
        EigenTangent.along(eigen, InverseGap.powerIteration(19), direction);
    SpectralFunction.Pass root = SpectralFunction.inverseSquareRoot().forward(eigen); // M^(−1/2)
    DenseMatrix change = root.derivative(direction); // exact, repeated eigenvalues included
    DenseMatrix rootGradient = root.backward(vectorCotangent); // ∂L/∂M from ∂L/∂M^(−1/2)

    assertEquals(1, tangent.values()[0] + tangent.values()[1] + tangent.values()[2], 1e-14);
    DenseMatrix w = root.matrix();
    DenseMatrix identity = w.times(m).times(w);
    assertEquals(0, identity.minus(DenseMatrix.identity(3)).maxAbs(), 1e-14);
    // From W M W = I.
    DenseMatrix zero =
        change.times(m).times(w).plus(w.times(direction).times(w)).plus(w.times(m).times(change));
    assertEquals(0, zero.maxAbs(), 1e-14);
    assertEquals(rootGradient.transpose(), rootGradient);
  }

  @Test
  void whitening_example_works() {
    DenseMatrix features = DenseMatrix.of(4, 5, new double[20]);
    DenseMatrix outputGradient = features;

    ZcaWhitening layer =
        new ZcaWhitening(ZcaWhitening.Settings.of(4, 2)); // 4 channels, whitened two by two
    ZcaWhitening.Pass pass = layer.forward(features); // channels × samples
    ZcaWhitening.Gradient back = pass.backward(outputGradient); // .input(), .weight(), .bias()

    assertEquals(features.columns(), back.input().columns());
  }

  @Test
  void readme_everyJavaBlock_standsInThisFile() throws IOException {
    String source = withoutIndent(Files.readString(SOURCE));
    List<String> blocks =
        JAVA_BLOCK
            .matcher(Files.readString(README))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
            .toList();
    assertFalse(blocks.isEmpty());
    for (String block : blocks) {
      assertTrue(source.contains(withoutIndent(block)), () -> "not compiled here:\n" + block);
    }
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
