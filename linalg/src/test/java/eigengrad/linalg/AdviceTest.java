package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a message advises works when it is done. */
class AdviceTest {
  private static final String SCALE_DOWN = "scale the matrix down by a power of two";
  private static final double MOST = Double.MAX_VALUE;
  private static final DenseMatrix LARGE =
      DenseMatrix.ofRows(new double[][] {{0, MOST, MOST}, {MOST, 0, MOST}, {MOST, MOST, 0}});

  /** Words with which a message tells its reader to do something. */
  private static final Pattern IMPERATIVE =
      Pattern.compile(
          "\"[^\"\n]*\\b(?i:add|raise|scale|take|use|give|keep|choose|reduce|lower|increase)"
              + "\\b[^\"\n]*\"");

  private static String message(Class<? extends Exception> type, Runnable call) {
    return String.valueOf(assertThrows(type, call::run).getMessage());
  }

  /** The call fails and says to scale down; of the scaled matrix it succeeds. */
  private static void requireThatScalingHelps(DenseMatrix matrix, Consumer<DenseMatrix> call) {
    String message = message(ArithmeticException.class, () -> call.accept(matrix));
    assertTrue(message.contains(SCALE_DOWN), message);
    call.accept(Scaling.of(matrix).apply(matrix));
  }

  @Test
  void scaleDown_eigenvalueBeyondTheLargestDouble_solves() {
    requireThatScalingHelps(LARGE, SymmetricEigen::decompose);
    requireThatScalingHelps(LARGE, SymmetricEigen::values);
    requireThatScalingHelps(LARGE, a -> SymmetricEigen.decompose(a, IndexRange.largest(1)));
    requireThatScalingHelps(LARGE, a -> SymmetricEigen.values(a, IndexRange.largest(1)));
    requireThatScalingHelps(LARGE, a -> SymmetricEigen.decompose(MatrixBatch.of(a)));
    DenseMatrix tridiagonal =
        DenseMatrix.ofRows(new double[][] {{MOST, MOST, 0}, {MOST, MOST, MOST}, {0, MOST, MOST}});
    requireThatScalingHelps(tridiagonal, a -> TridiagonalEigen.decompose(diagonal(a), beside(a)));
    requireThatScalingHelps(tridiagonal, a -> TridiagonalEigen.values(diagonal(a), beside(a)));
  }

  @Test
  void scaleDown_singularValueBeyondTheLargestDouble_solves() {
    for (SvdMethod method : SvdMethod.values()) {
      SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withMethod(method));
      requireThatScalingHelps(LARGE, solver::decompose);
      requireThatScalingHelps(LARGE, solver::values);
      requireThatScalingHelps(LARGE, a -> solver.decompose(a, 1));
    }
  }

  private static double[] diagonal(DenseMatrix a) {
    return new double[] {a.get(0, 0), a.get(1, 1), a.get(2, 2)};
  }

  private static double[] beside(DenseMatrix a) {
    return new double[] {a.get(1, 0), a.get(2, 1)};
  }

  @Test
  void scaleDown_powerIterationBeyondTheLargestDouble_returns() {
    requireThatScalingHelps(LARGE, PowerIteration.DEFAULT::dominant);
    requireThatScalingHelps(LARGE, a -> PowerIteration.DEFAULT.dominant(MatrixBatch.of(a)));
    // The Rayleigh quotient is 0, the residual √2·MAX.
    PowerIteration once = new PowerIteration(1, 0, 0);
    requireThatScalingHelps(LARGE, a -> once.dominant(a, new double[] {1, 0, 0}));
  }

  @Test
  void raiseMaxIterations_tooFew_converges() {
    DenseMatrix clustered = TestMatrices.clustered(21);
    EigenOptions hasty = new EigenOptions(1e-10, 1, 32);
    String message =
        message(EigenConvergenceException.class, () -> new EigenSolver(hasty).decompose(clustered));
    assertTrue(message.contains("to find the vectors, raise EigenOptions.maxIterations"), message);
    EigenSolver patient = new EigenSolver(new EigenOptions(1e-10, 30, 32));
    patient.decompose(clustered);
    IndexRange range = IndexRange.largest(4);
    assertThrows(
        EigenConvergenceException.class, () -> new EigenSolver(hasty).decompose(clustered, range));
    patient.decompose(clustered, range);
    // Values alone are found with any number.
    assertEquals(clustered.rows(), new EigenSolver(hasty).values(clustered).length);
    assertEquals(4, new EigenSolver(hasty).values(clustered, range).length);
  }

  /** By Jacobi rotations, which need some sweeps; the bidiagonal way may need no iterations. */
  @Test
  void raiseSvdMaxIterations_tooFew_converges() {
    DenseMatrix matrix = RectangularMatrices.uniform(9, 7, 1);
    SvdOptions jacobi = SvdOptions.DEFAULT.withMethod(SvdMethod.JACOBI);
    String message =
        message(
            EigenConvergenceException.class,
            () -> new SvdSolver(jacobi.withMaxIterations(1)).decompose(matrix));
    assertTrue(message.contains("raise SvdOptions.maxIterations"), message);
    new SvdSolver(jacobi.withMaxIterations(30)).decompose(matrix);
  }

  @Test
  void takeSymmetricPart_asymmetricMatrix_isSolved() {
    for (DenseMatrix asymmetric :
        new DenseMatrix[] {
          DenseMatrix.of(2, 2, 1, 2, 3, 4),
          DenseMatrix.of(2, 2, 0, 1e308, -1e308, 0),
          DenseMatrix.of(2, 2, 1e-300, 0, 1e-305, 1e-300)
        }) {
      String message =
          message(IllegalArgumentException.class, () -> SymmetricEigen.decompose(asymmetric));
      assertTrue(message.contains("take symmetricPart() first"), message);
      SymmetricEigen.decompose(asymmetric.symmetricPart());
      assertTrue(message.contains("by EigenOptions.withSymmetryTolerance"), message);
      new EigenSolver(EigenOptions.DEFAULT.withSymmetryTolerance(2)).decompose(asymmetric);
    }
  }

  @Test
  void giveEachThreadItsOwn_solverInUse_solves() {
    EigenSolver solver = new EigenSolver();
    DenseMatrix matrix = DenseMatrix.identity(3);
    solver.workspace().acquire();
    String message = message(IllegalStateException.class, () -> solver.decompose(matrix));
    assertTrue(message.contains("give each thread its own"), message);
    new EigenSolver().decompose(matrix);
  }

  /** A new message that advises something gets a test above. */
  @Test
  void sources_messagesThatAdvise_areThoseTestedHere() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        IMPERATIVE
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    assertEquals(
        Set.of(
            "BlockDiagonalSolver",
            "CovarianceAccumulator", // followed in its own test
            "EigenConvergenceException",
            "SampleInput", // as of Pca, in its test
            "SvdSolver",
            "Workspace",
            "PowerIteration",
            "SymmetricInput",
            "Whitening"), // in its test
        found);
  }
}
