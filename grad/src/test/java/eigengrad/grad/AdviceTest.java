package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.internal.batch.LaneBlockRunner;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.grad.roots.LyapunovSolver;
import eigengrad.grad.roots.SquareRootMethod;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message advises is read out of it and done, and works. */
class AdviceTest {
  private static final Pattern RIDGE_OF_FUNCTION = Pattern.compile("withRidge\\((\\S+)\\)");
  private static final Pattern RIDGE = Pattern.compile("a ridge, such as εI with ε = (\\S+)");
  private static final Pattern EPSILON = Pattern.compile("raise epsilon by (\\S+)");
  private static final String SCALE_DOWN = "scale the matrix down by a power of two";
  private static final String SCALE_UP = "scale the matrix up by a power of two";
  private static final Pattern RULE =
      Pattern.compile("rule .*such as InverseGap\\.(\\w+)\\((\\S+)\\)");

  /** Words with which a message tells its reader to do something. */
  private static final Pattern IMPERATIVE =
      Pattern.compile(
          "\"[^\"\n]*\\b(?i:add|raise|scale|take|use|give|keep|choose|reduce|lower|increase"
              + "|such as)\\b[^\"\n]*\"");

  private static String message(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  private static double number(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    assertTrue(matcher.find(), message);
    return Double.parseDouble(matcher.group(1));
  }

  /** Indefinite, singular, negative and zero matrices from the smallest to the largest doubles. */
  static List<DenseMatrix> notPositive() {
    List<DenseMatrix> matrices = new ArrayList<>();
    for (double[][] rows :
        new double[][][] {
          {{1, 1}, {1, 1}}, {{1, 0}, {0, 0}}, {{1, 2}, {2, 1}}, {{-1, 0}, {0, -0.5}}
        }) {
      DenseMatrix matrix = DenseMatrix.ofRows(rows);
      for (int exponent : new int[] {-1073, -1060, -1022, -530, -133, 0, 199, 530, 1000, 1022}) {
        matrices.add(new Scaling(exponent).apply(matrix));
      }
    }
    matrices.add(DenseMatrix.diagonal(0, 0));
    matrices.add(DenseMatrix.diagonal(-1.7e308, 1.7e308));
    matrices.add(DenseMatrix.diagonal(-1e308, 1e-300));
    return matrices;
  }

  private static final List<SpectralFunction> FUNCTIONS =
      List.of(
          SpectralFunction.squareRoot(),
          SpectralFunction.inverseSquareRoot(),
          SpectralFunction.logarithm(),
          SpectralFunction.power(0.25),
          SpectralFunction.power(-0.25),
          SpectralFunction.power(-1.5),
          SpectralFunction.power(-1),
          SpectralFunction.inverseRoot(4, 0),
          SpectralFunction.inverseRoot(1, 1e-320));

  @ParameterizedTest
  @MethodSource("notPositive")
  void addRidge_outsideTheDomainOfAFunction_isInIt(DenseMatrix matrix) {
    for (SpectralFunction function : FUNCTIONS) {
      follow(function, matrix, SpectralFunction::forward);
      follow(function, matrix, (f, a) -> f.forward(MatrixBatch.of(DenseMatrix.identity(2), a)));
    }
  }

  private interface Forward {
    void run(SpectralFunction function, DenseMatrix matrix);
  }

  /** At most two pieces of advice: to scale, and to add. */
  private static void follow(SpectralFunction function, DenseMatrix matrix, Forward forward) {
    SpectralFunction f = function;
    DenseMatrix a = matrix;
    for (int advice = 0; advice < 2; advice++) {
      try {
        forward.run(f, a);
        return;
      } catch (IllegalArgumentException refusal) {
        String message = message(refusal);
        if (message.contains(SCALE_DOWN)) {
          a = Scaling.of(a).apply(a);
        } else {
          f = f.withRidge(number(RIDGE_OF_FUNCTION, message));
        }
      } catch (NonFiniteException outOfRange) {
        // No advice: the image of an eigenvalue exceeds the largest double.
        assertTrue(message(outOfRange).contains("of eigenvalue"), message(outOfRange));
        return;
      }
    }
    forward.run(f, a);
  }

  @ParameterizedTest
  @MethodSource("notPositive")
  void addRidge_matrixThatIsNotPositiveDefinite_isPositiveDefinite(DenseMatrix matrix) {
    for (Consumer<DenseMatrix> call :
        List.<Consumer<DenseMatrix>>of(
            SquareRootMethod.newtonSchulz(5)::squareRoot,
            SquareRootMethod.newtonSchulz(5)::inverseSquareRoot,
            SquareRootMethod.taylor(5)::squareRoot,
            SquareRootMethod.pade(5)::squareRoot,
            b -> solveScaled(LyapunovSolver.exact(), b),
            b -> solveScaled(LyapunovSolver.sign(5), b))) {
      followAll(call, matrix);
    }
  }

  /** At most two pieces of advice; rounding may leave a singular matrix none too few. */
  private static void followAll(Consumer<DenseMatrix> call, DenseMatrix matrix) {
    DenseMatrix a = matrix;
    for (int advice = 0; advice < 2; advice++) {
      try {
        call.accept(a);
        return;
      } catch (IllegalArgumentException refusal) {
        String message = message(refusal);
        a =
            message.contains(SCALE_DOWN)
                ? Scaling.of(a).apply(a)
                : a.plusScaled(number(RIDGE, message), DenseMatrix.identity(a.rows()));
      }
    }
    call.accept(a);
  }

  /** BX + XB = B, whose solution is I/2 at every scale. */
  private static void solveScaled(LyapunovSolver solver, DenseMatrix b) {
    solver.solve(b, b);
  }

  private interface Backward {
    void run(InverseGap rule, DenseMatrix matrix);
  }

  private static final DenseMatrix G = gaussian(3, 3, 1);

  private static final List<Backward> GRADIENTS =
      List.of(
          (rule, m) -> EigenGradient.backwardVectors(SymmetricEigen.decompose(m), rule, G),
          (rule, m) -> EigenTangent.along(SymmetricEigen.decompose(m), rule, G.symmetricPart()),
          (rule, m) ->
              ProjectorGradient.backward(
                  SymmetricEigen.decompose(m), IndexRange.largest(1), rule, G),
          (rule, m) ->
              EigenGradient.backwardVectors(
                  SymmetricEigen.decompose(MatrixBatch.of(m)),
                  rule,
                  MatrixBatch.of(G),
                  new EigenSolver()));

  /** Ties, and values whose reciprocals overflow. */
  private static final List<DenseMatrix> STEEP =
      List.of(
          DenseMatrix.diagonal(1, 2, 2),
          DenseMatrix.diagonal(0, 0, 0),
          DenseMatrix.diagonal(1e-310, 2e-310, 4e-310),
          DenseMatrix.diagonal(1e-300, 1e-300, 1e-300),
          DenseMatrix.diagonal(1, Math.nextUp(1), 5),
          DenseMatrix.diagonal(0, 1e-320, 1e-319),
          DenseMatrix.diagonal(0, 1e-320, 1));

  @Test
  void boundedRuleOrScaleUp_coefficientThatIsNotFinite_hasAFiniteOne() {
    for (DenseMatrix matrix : STEEP) {
      for (InverseGap rule : Samples.rules().toList()) {
        for (Backward gradient : GRADIENTS) {
          follow(rule, matrix, gradient);
        }
      }
    }
  }

  private static InverseGap rule(String message) {
    Matcher matcher = RULE.matcher(message);
    assertTrue(matcher.find(), message);
    double parameter = Double.parseDouble(matcher.group(2));
    return matcher.group(1).equals("clipped")
        ? InverseGap.clipped(parameter)
        : InverseGap.powerIteration((int) parameter);
  }

  private static void follow(InverseGap rule, DenseMatrix matrix, Backward gradient) {
    InverseGap r = rule;
    DenseMatrix m = matrix;
    for (int advice = 0; advice < 2; advice++) {
      try {
        gradient.run(r, m);
        return;
      } catch (NonFiniteException failure) {
        String message = message(failure);
        if (message.contains(SCALE_UP)) {
          m = Scaling.of(m).apply(m);
        } else if (message.contains("no finite coefficient")
            || message.contains("no derivative here")) {
          r = rule(message);
        } else {
          // The gradient itself exceeds the largest double.
          assertTrue(message.contains("is not finite"), message);
          return;
        }
      }
    }
    gradient.run(r, m);
  }

  @Test
  void boundedRuleOrScaleUp_singlePrecision_hasAFiniteCoefficient() {
    DifferentiableEigen analytic = DifferentiableEigen.analytic(Precision.FLOAT32);
    DenseMatrix tie = DenseMatrix.diagonal(1, 1, 2);
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class, () -> analytic.forward(tie, 3).backward(new double[3], G));
    assertEquals(InverseGap.powerIteration(19), rule(message(failure)));
    DifferentiableEigen hybrid = DifferentiableEigen.hybrid(19, Precision.FLOAT32);
    hybrid.forward(tie, 3).backward(new double[3], G);
    // 1/1e-39 is no float.
    DenseMatrix small = DenseMatrix.diagonal(1e-39, 2e-39, 3e-39);
    for (DifferentiableEigen method : List.of(analytic, hybrid)) {
      failure =
          assertThrows(
              NonFiniteException.class, () -> method.forward(small, 3).backward(new double[3], G));
      assertTrue(message(failure).contains(SCALE_UP), message(failure));
      method.forward(Scaling.of(small).apply(small), 3).backward(new double[3], G);
    }
  }

  @Test
  void independentPart_lossThatDependsOnTheGauge_doesNot() {
    Eigendecomposition eigen = SymmetricEigen.decompose(DenseMatrix.diagonal(1, 2, 2));
    double tie = Gauge.tieTolerance(3);
    String message =
        message(
            assertThrows(
                IllegalArgumentException.class,
                () -> Gauge.requireIndependence(eigen, G, tie, 1e-10)));
    assertTrue(message.contains("Use Gauge.independentPart"), message);
    Gauge.requireIndependence(eigen, Gauge.independentPart(eigen, G, tie), tie, 1e-10);
  }

  /** Dependent channels of large variance: rounding makes some eigenvalue negative. */
  private static DenseMatrix dependent(int channels, double scale) {
    DenseMatrix factors = gaussian(1, 50, 2).times(scale);
    return gaussian(channels, 1, 3).times(factors);
  }

  @Test
  void raiseEpsilon_covarianceThatRoundingMadeIndefinite_hasARoot() {
    for (double scale : new double[] {1e-6, 1, 1e6, 1e100}) {
      for (int groups : new int[] {1, 8}) {
        int channels = 12 * groups;
        DenseMatrix x = dependent(channels, scale);
        double epsilon = 1e-40 * scale * scale;
        WhiteningSettings settings = WhiteningSettings.of(channels, 12).withEpsilon(epsilon);
        String message =
            message(
                assertThrows(
                    NonFiniteException.class, () -> new ZcaWhitening(settings).forward(x)));
        double raised = epsilon + number(EPSILON, message);
        new ZcaWhitening(WhiteningSettings.of(channels, 12).withEpsilon(raised)).forward(x);
        DifferentiableEigen eigen = DifferentiableEigen.hybrid(19, Precision.FLOAT64);
        message =
            message(
                assertThrows(
                    NonFiniteException.class,
                    () ->
                        new ZcaWhitening(settings, new EigenInverseSquareRoot(eigen, Retention.ALL))
                            .forward(x)));
        assertTrue(message.contains("keep fewer by Retention.ABOVE_EPSILON"), message);
        new ZcaWhitening(settings, new EigenInverseSquareRoot(eigen, Retention.ABOVE_EPSILON))
            .forward(x);
      }
    }
  }

  /** Rounding leads beyond the largest double, which is the eigenvalue. */
  @Test
  void scaleDown_powerIterationBeyondTheLargestDouble_returns() {
    double most = Double.MAX_VALUE;
    DenseMatrix crossed =
        DenseMatrix.ofRows(new double[][] {{0, 0, most}, {0, 0, 0}, {most, 0, 0}});
    DenseMatrix negative = DenseMatrix.diagonal(-most, -most);
    Consumer<DenseMatrix> authors =
        m -> DifferentiableEigen.authorsCode(11, Precision.FLOAT64).forward(m, 3);
    Consumer<DenseMatrix> batch =
        m ->
            BatchedPowerIterationPass.forward(
                MatrixBatch.of(m), 2, 5, Samples.random(1), new EigenSolver());
    requireThatScalingHelps(crossed, authors);
    requireThatScalingHelps(negative, batch);
  }

  private static void requireThatScalingHelps(DenseMatrix matrix, Consumer<DenseMatrix> call) {
    NonFiniteException failure = assertThrows(NonFiniteException.class, () -> call.accept(matrix));
    assertTrue(message(failure).contains(SCALE_DOWN), message(failure));
    call.accept(Scaling.of(matrix).apply(matrix));
  }

  @Test
  void scaleFeaturesDown_covarianceThatOverflows_isFinite() {
    DenseMatrix x = gaussian(4, 20, 4).times(1e200);
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(4, 4));
    String message = message(assertThrows(NonFiniteException.class, () -> layer.forward(x)));
    assertTrue(message.contains("scale the features down by a power of two"), message);
    layer.forward(Scaling.of(x).apply(x));
    PcaDenoising pca = new PcaDenoising(DenoisingSettings.of(4, ComponentCount.fixed(2)));
    message = message(assertThrows(NonFiniteException.class, () -> pca.forward(x)));
    assertTrue(message.contains("scale the features down by a power of two"), message);
    pca.forward(Scaling.of(x).apply(x));
  }

  @Test
  void useDivisionByN_singleSample_isWhitened() {
    WhiteningSettings settings = WhiteningSettings.of(4, 4).withUnbiased(true);
    DenseMatrix x = gaussian(4, 1, 5);
    ZcaWhitening layer = new ZcaWhitening(settings);
    String message = message(assertThrows(IllegalArgumentException.class, () -> layer.forward(x)));
    assertTrue(message.contains("Use WhiteningSettings.withUnbiased(false)"), message);
    new ZcaWhitening(settings.withUnbiased(false)).forward(x);
  }

  @Test
  void giveEachThreadItsOwn_solverInUse_works() {
    EigenSolver solver = new EigenSolver();
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.diagonal(1, 2));
    List<String> messages = new ArrayList<>();
    new LaneBlockRunner(solver)
        .run(
            8,
            2,
            (first, matrices, own) -> {
              IllegalStateException refusal =
                  assertThrows(
                      IllegalStateException.class,
                      () -> new LaneBlockRunner(solver).run(8, 2, (f, m, o) -> {}));
              messages.add(message(refusal));
              SpectralFunction.squareRoot()
                  .forward(SymmetricEigen.decompose(batch), new EigenSolver());
            });
    assertTrue(messages.get(0).contains("give each thread its own"), messages.get(0));
  }

  @Test
  void takeFactor_gradientMoreThanAnArrayHolds_isThere() {
    int n = 65_536;
    double[] e = new double[n];
    e[0] = 1;
    DenseMatrix v = DenseMatrix.wrap(n, 1, e);
    SymmetricProduct product = (x, y) -> System.arraycopy(x, 0, y, 0, n);
    double[] one = {1};
    String message =
        message(
            assertThrows(
                IllegalArgumentException.class,
                () -> PowerIterationGradient.backward(product, one, v, 3, one, v)));
    assertTrue(message.contains("take its factor X from PowerIterationGradient.factor"), message);
    assertEquals(v, PowerIterationGradient.factor(product, one, v, 3, one, v));
  }

  @Test
  void takeFactor_exactGradientMoreThanAnArrayHolds_isThere() {
    int n = 65_536;
    SymmetricProduct product = (x, y) -> y[0] = x[0];
    LeadingPairs pairs = LeadingEigen.DEFAULT.largest(n, product, 1);
    LeadingEigenGradient exact = LeadingEigenGradient.DEFAULT;
    double[] one = {1};
    DenseMatrix v = pairs.vectors();
    String message =
        message(
            assertThrows(
                IllegalArgumentException.class, () -> exact.backward(product, pairs, one, v)));
    assertTrue(message.contains("take its factor X from LeadingEigenGradient.factor"), message);
    assertEquals(1, exact.factor(product, pairs, one, v).get(0, 0), 1e-12);
  }

  /** A new message that advises something gets a test above. */
  @Test
  void sources_messagesThatAdvise_areThoseTestedHere() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (IMPERATIVE.matcher(Files.readString(file)).find()) {
          found.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertEquals(
        Set.of(
            "DeflatedPowerIteration",
            "GapCoefficients",
            "Gauge",
            "GaugeGate",
            "EigenInverseSquareRoot",
            "SpectralInverseSquareRoot",
            "LeadingEigenGradient",
            "PowerIterationGradient",
            "Ridge",
            "Standardisation",
            "WhitenedBatch"),
        found);
  }
}
