package eigengrad.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.BatchedSpectralPass;
import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.grad.SingularFunction;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.SvdGradient;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.Nchw;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.TridiagonalEigen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples of the READMEs, compiled and run; the last test keeps the two alike. */
class ReadmeExampleTest {
  private static final List<Path> READMES =
      List.of(
          Path.of("..", "README.md"),
          Path.of("..", "linalg", "README.md"),
          Path.of("..", "grad", "README.md"));
  private static final Path SOURCE =
      Path.of("src/test/java/eigengrad/bench/ReadmeExampleTest.java");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void decomposition_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    Eigendecomposition eigen = SymmetricEigen.decompose(m);
    double[] values = eigen.values(); // ascending
    DenseMatrix vectors = eigen.vectors(); // one per column
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
  void solvers_example_works() {
    DenseMatrix a = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});

    Eigendecomposition all = SymmetricEigen.decompose(a); // values ascend, a vector per column
    PartialEigendecomposition two = SymmetricEigen.decompose(a, IndexRange.largest(2));
    double[] values = SymmetricEigen.values(a); // without vectors

    // Many small matrices, one per SIMD lane
    MatrixBatch batch = MatrixBatch.of(a, a.times(2), DenseMatrix.identity(3));
    BatchedEigendecomposition each = SymmetricEigen.decompose(batch);
    double smallest = each.value(1, 0); // of matrix 1

    // Options and threads, and memory that is kept from call to call
    EigenOptions options =
        EigenOptions.DEFAULT
            .withSymmetryTolerance(1e-6) // for data of float32
            .withParallelism(Parallelism.of(ForkJoinPool.commonPool()));
    EigenSolver solver = new EigenSolver(options);
    Eigendecomposition same = solver.decompose(a); // the same verbs, and the same bits

    // A tridiagonal matrix: its diagonal, and what is beside it
    double[] chain = TridiagonalEigen.values(new double[] {2, 2, 2}, new double[] {1, 1});

    assertArrayEquals(all.values(), same.values());
    assertArrayEquals(all.values(), values, 1e-14);
    assertEquals(values[2], two.value(1), 1e-14);
    assertEquals(2 * values[0], smallest, 1e-14);
    assertArrayEquals(new double[] {2 - Math.sqrt(2), 2, 2 + Math.sqrt(2)}, chain, 1e-14);
  }

  @Test
  void singularValues_example_works() {
    DenseMatrix a = DenseMatrix.ofRows(new double[][] {{4, 0}, {3, -5}, {0, 0}});
    DenseMatrix b = DenseMatrix.ofRows(new double[][] {{4}, {-2}, {7}});
    MatrixBatch frames = MatrixBatch.of(DenseMatrix.diagonal(2, 3), DenseMatrix.diagonal(-2, -3));

    SingularValueDecomposition svd = Svd.decompose(a); // of any shape; values descend
    DenseMatrix v = svd.rightVectors(); // V, not Vᵀ: a vector per column
    DenseMatrix x = svd.leastSquares(b); // of minimal norm
    MatrixBatch rotations = Svd.nearestRotation(frames).orthogonalFactors(); // one per lane

    assertArrayEquals(new double[] {Math.sqrt(40), Math.sqrt(10)}, svd.values(), 1e-14);
    assertEquals(0, v.transpose().times(v).minus(DenseMatrix.identity(2)).maxAbs(), 1e-14);
    assertArrayEquals(new double[] {1, 1}, x.toArray(), 1e-14);
    assertEquals(0, rotations.matrix(0).minus(DenseMatrix.identity(2)).maxAbs(), 1e-14);
    assertEquals(0, rotations.matrix(1).plus(DenseMatrix.identity(2)).maxAbs(), 1e-14);
  }

  @Test
  void gradients_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    double[] valueCotangent = {1, 1, 1};
    DenseMatrix vectorCotangent = DenseMatrix.of(3, 3, new double[9]);
    DenseMatrix rootCotangent = DenseMatrix.identity(3);
    DenseMatrix direction = DenseMatrix.diagonal(1, 0, 0);
    DenseMatrix a = DenseMatrix.ofRows(new double[][] {{4, 0}, {3, -5}, {0, 0}});
    DenseMatrix leftCotangent = DenseMatrix.of(3, 2, new double[6]);
    double[] singularCotangent = {1, 1};
    DenseMatrix rightCotangent = DenseMatrix.of(2, 2, new double[4]);
    DenseMatrix cotangent = a;

    Eigendecomposition eigen = SymmetricEigen.decompose(m);

    // A loss of eigenvalues and eigenvectors
    InverseGap rule = InverseGap.powerIteration(19); // bounded, even where eigenvalues meet
    DenseMatrix gradient = // ∂L/∂M
        EigenGradient.backward(eigen, rule, valueCotangent, vectorCotangent);
    EigenTangent tangent = EigenTangent.along(eigen, rule, direction); // dλ and dV along dM

    // A loss of a function of the matrix: exact, repeated eigenvalues included
    SpectralFunction.Pass root = SpectralFunction.inverseSquareRoot().forward(eigen); // M^(−1/2)
    DenseMatrix rootGradient = root.backward(rootCotangent); // ∂L/∂M from ∂L/∂M^(−1/2)
    DenseMatrix change = root.derivative(direction); // forward mode

    // Singular values and vectors, with the same rules; functions of them, exact at ties
    SingularValueDecomposition svd = Svd.decompose(a);
    DenseMatrix svdGradient =
        SvdGradient.backward(svd, rule, leftCotangent, singularCotangent, rightCotangent);
    SingularFunction.Pass shrunk = SingularFunction.softThreshold(0.1).forward(svd);
    DenseMatrix shrunkGradient = shrunk.backward(cotangent);

    // The gradient of the sum of singular values is UVᵀ.
    DenseMatrix nearest = svd.leftVectors().times(svd.rightVectors().transpose());
    assertEquals(0, svdGradient.minus(nearest).maxAbs(), 1e-14);
    // Along A the soft threshold moves as A does, as long as it leaves nothing out.
    assertEquals(0, shrunkGradient.minus(cotangent).maxAbs(), 1e-13);
    // The gradient of the trace is I.
    assertEquals(0, gradient.minus(DenseMatrix.identity(3)).maxAbs(), 1e-14);
    assertEquals(1, tangent.values()[0] + tangent.values()[1] + tangent.values()[2], 1e-14);
    // From W M W = I.
    DenseMatrix w = root.matrix();
    DenseMatrix zero =
        change.times(m).times(w).plus(w.times(direction).times(w)).plus(w.times(m).times(change));
    assertEquals(0, zero.maxAbs(), 1e-14);
    assertEquals(
        change.get(0, 0) + change.get(1, 1) + change.get(2, 2), rootGradient.get(0, 0), 1e-14);
  }

  @Test
  void batch_example_works() {
    DenseMatrix m = DenseMatrix.ofRows(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    MatrixBatch batch = MatrixBatch.of(m, m.times(2), DenseMatrix.identity(3));
    MatrixBatch rootCotangents = batch;
    EigenOptions options = EigenOptions.DEFAULT;
    InverseGap rule = InverseGap.powerIteration(19);
    BatchedEigendecomposition same = SymmetricEigen.decompose(batch);
    double[] valueCotangents = same.interleavedValues();
    MatrixBatch vectorCotangents = same.vectors();

    EigenSolver solver = new EigenSolver(options); // threads and memory, to be kept
    BatchedEigendecomposition all = solver.decompose(batch);
    MatrixBatch gradients = // ∂L/∂M of each
        EigenGradient.backward(all, rule, valueCotangents, vectorCotangents, solver);
    BatchedSpectralPass roots = SpectralFunction.inverseSquareRoot().forward(all, solver);
    MatrixBatch rootGradients = roots.backward(rootCotangents, solver);

    // ∂L/∂λ = λ is the gradient of ½‖M‖², which is M; ∂L/∂V = V adds nothing to it.
    assertEquals(m.get(0, 1), gradients.get(0, 0, 1), 1e-13);
    SpectralFunction.Pass alone = SpectralFunction.inverseSquareRoot().forward(m);
    assertEquals(0, alone.backward(m).minus(rootGradients.matrix(0)).maxAbs(), 1e-13);
  }

  @Test
  void whitening_example_works() {
    float[] activations = new float[2 * 4 * 3 * 3];
    activations[7] = 1;
    float[] outputGradient = activations;

    Nchw shape = new Nchw(2, 4, 3, 3); // images, channels, height, width
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(4, 2)); // channels two by two
    LayerPass pass = layer.forward(shape.features(activations)); // float[] or double[]
    float[] output = shape.toFloats(pass.output());
    LayerGradient back = // .input(), .weight(), .bias()
        pass.backward(shape.features(outputGradient));

    assertEquals(activations.length, output.length);
    assertEquals(2 * 3 * 3, back.input().columns());
  }

  @Test
  void readmes_everyJavaBlock_standsInThisFile() throws IOException {
    String source = withoutIndent(Files.readString(SOURCE));
    for (Path readme : READMES) {
      requireCompiled(readme, source);
    }
  }

  private static void requireCompiled(Path readme, String source) throws IOException {
    List<String> blocks =
        JAVA_BLOCK
            .matcher(Files.readString(readme))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
            .toList();
    assertFalse(blocks.isEmpty(), readme::toString);
    for (String block : blocks) {
      assertTrue(
          source.contains(withoutIndent(block)),
          () -> readme + " has what is not compiled here:\n" + block);
    }
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
