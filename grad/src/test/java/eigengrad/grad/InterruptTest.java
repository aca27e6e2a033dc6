package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.PcaDenoising;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.roots.LyapunovSolver;
import eigengrad.grad.roots.MatrixRoot;
import eigengrad.grad.roots.NewtonSchulz;
import eigengrad.grad.roots.SquareRootMethod;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interrupt of the calling thread does, by entry point: the same everywhere. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {
  private static final int YEARS = Integer.MAX_VALUE;

  /** Whatever solves, iterates or does batches, on matrices of one order, with the work it has. */
  private static Map<String, Runnable> calls(int n, EigenSolver solver) {
    DenseMatrix a = positive(n);
    DenseMatrix g = Samples.gaussian(n, n, 1);
    DenseMatrix s = g.symmetricPart();
    Map<String, Runnable> table = new LinkedHashMap<>();
    table.put("f(A)", () -> SpectralFunction.exponential().forward(a));
    table.put("Lyapunov, exact", () -> LyapunovSolver.exact().solve(a, s));
    table.put("Gram", () -> new GramIteration(3).forward(a));
    GramIteration.Pass gram = new GramIteration(3).forward(a);
    if (n > 0) {
      table.put("Gram, gradient", gram::gradient);
      putRoots(table, a, g);
      putPowerIterations(table, a, g, solver);
    }
    table.put("Gram, error", gram::relativeError);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(a, IndexRange.of(0, n));
    double[] c = new double[n];
    table.put("gradient by products", () -> PowerIterationGradient.backward(a, pairs, 3, c, g));
    table.put("tangent by products", () -> PowerIterationTangent.along(a, pairs, 3, s));
    LeadingPairs all = LeadingEigen.DEFAULT.largest(n, SymmetricProduct.of(a), n);
    LeadingEigenGradient exact = LeadingEigenGradient.DEFAULT;
    table.put("exact gradient", () -> exact.backward(SymmetricProduct.of(a), all, c, g));
    table.put(
        "exact tangent", () -> exact.along(SymmetricProduct.of(a), all, SymmetricProduct.of(s)));
    putBatches(table, a, solver);
    return table;
  }

  private static void putRoots(Map<String, Runnable> table, DenseMatrix a, DenseMatrix g) {
    for (SquareRootMethod method :
        List.of(
            SquareRootMethod.newtonSchulz(3),
            SquareRootMethod.taylor(3),
            SquareRootMethod.pade(3))) {
      table.put(method.toString(), () -> method.squareRoot(a));
    }
    NewtonSchulz inverse = new NewtonSchulz(3);
    table.put("inverse root", () -> inverse.inverseSquareRoot(a));
    MatrixRoot root = new NewtonSchulz(30).squareRoot(a);
    for (LyapunovSolver solver : List.of(LyapunovSolver.exact(), LyapunovSolver.sign(3))) {
      table.put("root's gradient, " + solver, () -> root.backward(g, solver));
      table.put("root's errors, " + solver, () -> root.errors(g, solver));
    }
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(a.rows(), a.rows()));
    table.put("whitening", () -> layer.forward(g));
    PcaDenoising denoising =
        new PcaDenoising(DenoisingSettings.of(a.rows(), ComponentCount.fixed(1)));
    table.put("denoising", () -> denoising.forward(g));
    DenseMatrix[] covariances = {a};
    InverseSquareRoot steps = InverseSquareRoot.newtonSchulz(3);
    table.put("steps to the root", () -> steps.forward(covariances, 1e-4));
    InverseSquareRoot.Pass pass = steps.forward(covariances, 1e-4);
    table.put("their gradient", () -> pass.backward(covariances));
  }

  private static void putPowerIterations(
      Map<String, Runnable> table, DenseMatrix a, DenseMatrix g, EigenSolver solver) {
    int n = a.rows();
    RandomGenerator random = Samples.random(5);
    for (DifferentiableEigen method :
        List.of(
            DifferentiableEigen.hybrid(3, Precision.FLOAT64),
            DifferentiableEigen.authorsCode(3, Precision.FLOAT64),
            DifferentiableEigen.deflatedPowerIteration(3, random, Precision.FLOAT64))) {
      table.put(method.toString(), () -> method.forward(a, n));
      table.put(method + ", several", () -> method.forward(new DenseMatrix[] {a, a}, n));
    }
    DifferentiableEigen.Pass single =
        DifferentiableEigen.authorsCode(3, Precision.FLOAT64).forward(a, n);
    table.put("deflation's gradient", () -> single.backward(new double[n], g));
    for (int count : new int[] {0, 1, 9}) {
      MatrixBatch batch = batch(a, count);
      double[] starts = new double[LaneBlocks.length(count, n)];
      Arrays.fill(starts, 1);
      table.put(
          "power iteration, batch of " + count,
          () -> BatchedPowerIterationPass.forward(batch, 1, 3, starts, solver));
      BatchedPowerIterationPass pass =
          BatchedPowerIterationPass.forward(batch, 1, 3, starts, solver);
      double[] values = new double[LaneBlocks.length(count, 1)];
      table.put("its gradient of " + count, () -> pass.backward(values, starts, solver));
    }
  }

  private static void putBatches(Map<String, Runnable> table, DenseMatrix a, EigenSolver solver) {
    for (int count : new int[] {0, 1, 9}) {
      MatrixBatch batch = batch(a, count);
      BatchedEigendecomposition eigen = SymmetricEigen.decompose(batch);
      double[] c = new double[eigen.interleavedValues().length];
      InverseGap rule = InverseGap.powerIteration(3);
      BatchedSpectralPass pass = SpectralFunction.exponential().forward(eigen, solver);
      table.put(
          "gradients of " + count, () -> EigenGradient.backward(eigen, rule, c, batch, solver));
      table.put(
          "values' gradients of " + count, () -> EigenGradient.backwardValues(eigen, c, solver));
      table.put(
          "vectors' gradients of " + count,
          () -> EigenGradient.backwardVectors(eigen, rule, batch, solver));
      table.put("f of " + count, () -> SpectralFunction.exponential().forward(batch));
      table.put("f of known " + count, () -> SpectralFunction.exponential().forward(eigen, solver));
      table.put("f's gradients of " + count, () -> pass.backward(batch, solver));
      table.put("f's derivatives of " + count, () -> pass.derivative(batch, solver));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 40})
  void call_interruptedBefore_isCancelledAndStaysInterrupted(int n) {
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      for (Parallelism parallelism : List.of(Parallelism.sequential(), Parallelism.of(pool))) {
        calls(n, new EigenSolver(EigenOptions.DEFAULT.withParallelism(parallelism)))
            .forEach(
                (name, call) -> {
                  Thread.currentThread().interrupt();
                  requireCancelled(name, call);
                  call.run();
                });
      }
    }
  }

  @Test
  void iteration_interruptedMeanwhile_isCancelledSoon() {
    DenseMatrix a = positive(2);
    NewtonSchulz newtonSchulz = new NewtonSchulz(YEARS);
    LyapunovSolver sign = LyapunovSolver.sign(YEARS);
    PartialEigendecomposition pairs = SymmetricEigen.decompose(a, IndexRange.largest(1));
    DenseMatrix g = Samples.gaussian(2, 1, 2);
    Map<String, Runnable> table = new LinkedHashMap<>();
    table.put("Newton–Schulz", () -> newtonSchulz.squareRoot(a));
    table.put("Newton–Schulz, inverse", () -> newtonSchulz.inverseSquareRoot(a));
    table.put("Padé", () -> SquareRootMethod.pade(YEARS / 2).squareRoot(a));
    table.put("Taylor", () -> SquareRootMethod.taylor(20_000_000).squareRoot(a));
    table.put("Lyapunov, sign", () -> sign.solve(a, a));
    table.put("gradient", () -> PowerIterationGradient.backward(a, pairs, YEARS, new double[1], g));
    table.put("tangent", () -> PowerIterationTangent.along(a, pairs, YEARS, a));
    Thread caller = Thread.currentThread();
    table.forEach(
        (name, call) -> {
          new Thread(() -> interruptSoon(caller)).start();
          requireCancelled(name, call);
        });
  }

  private static void interruptSoon(Thread thread) {
    try {
      Thread.sleep(30);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    thread.interrupt();
  }

  @Test
  void deflation_interruptedWhileStartsAreDrawn_isCancelled() {
    RandomGenerator interrupting =
        () -> {
          Thread.currentThread().interrupt();
          return 0x123456789abcdefL;
        };
    DifferentiableEigen method =
        DifferentiableEigen.deflatedPowerIteration(3, interrupting, Precision.FLOAT64);
    requireCancelled("deflation", () -> method.forward(positive(2), 1));
  }

  @Test
  void gram_interruptedMeanwhile_isCancelledSoon() {
    DenseMatrix w = Samples.gaussian(1200, 1200, 3);
    Thread caller = Thread.currentThread();
    new Thread(() -> interruptSoon(caller)).start();
    requireCancelled("Gram", () -> new GramIteration(40).forward(w));
  }

  private static void requireCancelled(String name, Runnable call) {
    try {
      assertThrows(CancellationException.class, call::run, name);
    } finally {
      assertTrue(Thread.interrupted(), name + ": the thread stays interrupted");
    }
  }

  private static DenseMatrix positive(int n) {
    DenseMatrix x = Samples.gaussian(n, 2 * n + 2, 7);
    return x.times(x.transpose()).times(1.0 / Math.max(n, 1)).symmetricPart();
  }

  private static MatrixBatch batch(DenseMatrix matrix, int count) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.fill(matrices, matrix);
    return MatrixBatch.of(matrices);
  }
}
