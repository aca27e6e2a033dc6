package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Gradients of 1024 small covariances as a batch, the forward solve beside them, time of each:
 * {@code --only BatchGradient}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BatchGradientBenchmark.MATRICES)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class BatchGradientBenchmark {
  static final int MATRICES = 1024;

  /** Steps of power iteration, as in the paper. */
  private static final int TERMS = 19;

  /** Pairs that power iteration finds: with each the rounding of those before it grows. */
  private static final int LEADING = 4;

  private static final long SEED = 7;

  /** One matrix after the other is checked so far apart: each takes the single code's time. */
  private static final int CHECKED = 31;

  /** Order. */
  @Param({"4", "8", "16", "32"})
  int n;

  private final EigenSolver solver = new EigenSolver();
  private MatrixBatch batch;
  private BatchedEigendecomposition eigen;
  private BatchedPowerIterationPass pass;
  private MatrixBatch vectorCotangents;
  private double[] valueCotangents;
  private double[] leadingVectorCotangents;
  private double[] leadingValueCotangents;

  /** Makes everything and checks the gradients. */
  @Setup
  public void prepare() {
    DenseMatrix[] matrices = new DenseMatrix[MATRICES];
    DenseMatrix[] cotangents = new DenseMatrix[MATRICES];
    for (int b = 0; b < MATRICES; b++) {
      matrices[b] = DenseMatrix.of(n, n, Workload.COVARIANCE.matrix(n, b));
      cotangents[b] = DenseMatrix.of(n, n, Workload.GEMM.matrix(n, b));
    }
    batch = MatrixBatch.of(matrices);
    vectorCotangents = MatrixBatch.of(cotangents);
    valueCotangents = random(n);
    leadingValueCotangents = random(LEADING);
    leadingVectorCotangents = random(n * LEADING);
    eigen = SymmetricEigen.decompose(batch);
    forward();
    pass = deflatedForward();
    MatrixBatch hybrid = hybrid();
    MatrixBatch deflated = deflatedBackward();
    for (int b = 0; b < MATRICES; b += CHECKED) {
      checkHybrid(b, hybrid);
      checkDeflated(b, deflated);
    }
  }

  private void checkHybrid(int b, MatrixBatch gradients) {
    DenseMatrix expected =
        GradientCheck.gradient(
            eigen.values(b),
            eigen.vectors().matrix(b),
            GapFormula.of(InverseGap.powerIteration(TERMS)),
            own(b, n, valueCotangents),
            vectorCotangents.matrix(b));
    GradientCheck.requireEqual("hybrid of matrix " + b, expected, gradients.matrix(b));
  }

  private void checkDeflated(int b, MatrixBatch gradients) {
    DenseMatrix expected =
        DifferentiableEigen.deflatedPowerIteration(
                TERMS, new SplittableRandom(SEED), Precision.FLOAT64)
            .forward(batch.matrix(b), LEADING)
            .backward(
                own(b, LEADING, leadingValueCotangents),
                DenseMatrix.of(n, LEADING, own(b, n * LEADING, leadingVectorCotangents)));
    GradientCheck.requireEqual("deflated of matrix " + b, expected, gradients.matrix(b));
  }

  private static double[] random(int size) {
    return new SplittableRandom(SEED).doubles((long) size * MATRICES, -1, 1).toArray();
  }

  /** What belongs to one matrix of an interleaved array. */
  private static double[] own(int b, int size, double[] interleaved) {
    double[] own = new double[size];
    for (int i = 0; i < size; i++) {
      int group = b / MatrixBatch.LANES;
      own[i] = interleaved[(group * size + i) * MatrixBatch.LANES + b % MatrixBatch.LANES];
    }
    return own;
  }

  /**
   * Values and vectors, in the memory of those before.
   *
   * @return all decompositions
   */
  @Benchmark
  public BatchedEigendecomposition forward() {
    eigen = solver.decompose(batch, eigen);
    return eigen;
  }

  /**
   * The gradient by the power iteration's sums in closed form, K = 19.
   *
   * @return the gradients
   */
  @Benchmark
  public MatrixBatch hybrid() {
    return EigenGradient.backward(
        eigen, InverseGap.powerIteration(TERMS), valueCotangents, vectorCotangents, solver);
  }

  /**
   * Four pairs by deflated power iteration, 19 steps each.
   *
   * @return the pass
   */
  @Benchmark
  public BatchedPowerIterationPass deflatedForward() {
    return BatchedPowerIterationPass.forward(
        batch, LEADING, TERMS, new SplittableRandom(SEED), solver);
  }

  /**
   * The way back through those steps.
   *
   * @return the gradients
   */
  @Benchmark
  public MatrixBatch deflatedBackward() {
    return pass.backward(leadingValueCotangents, leadingVectorCotangents, solver);
  }
}
