package eigengrad.grad.internal.batch;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The assembly of {@link GradientAssembly} by lane blocks, k = n.
 *
 * <p>Nothing is checked on the way: what is not finite makes every element of its gradient not
 * finite. Such a matrix is done again by {@link EigenGradient}, which answers, or throws with a
 * message.
 */
public final class BatchedAssembly implements LaneBlockRunner.Work {
  private final BatchedEigendecomposition eigen;
  private final InverseGap rule;
  private final double tieTolerance;
  private final double @Nullable [] valueCotangents;
  private final @Nullable MatrixBatch vectorCotangents;
  private final int n;
  private final double[] gradient;
  private final FirstFailure failure = new FirstFailure();

  /** Either kind of cotangent is null where the loss has none. */
  public BatchedAssembly(
      BatchedEigendecomposition eigen,
      InverseGap rule,
      double @Nullable [] valueCotangents,
      @Nullable MatrixBatch vectorCotangents) {
    this.eigen = eigen;
    this.rule = rule;
    this.tieTolerance = rule.tieTolerance(eigen.order());
    this.valueCotangents = valueCotangents;
    this.vectorCotangents = vectorCotangents;
    this.n = eigen.order();
    this.gradient = new double[eigen.vectors().interleaved().length];
  }

  public MatrixBatch run(LaneBlockRunner runner) {
    runner.run(eigen.count(), n, this);
    failure.throwIfAny();
    return MatrixBatch.wrap(eigen.count(), n, gradient);
  }

  @Override
  public void run(int first, int matrices, LaneBlockMemory own) {
    if (failure.isBefore(first)) {
      return;
    }
    double[] v = eigen.vectors().interleaved();
    int vectors = LaneBlocks.matrix(first, n);
    if (vectorCotangents == null) {
      double[] c = valueCotangents == null ? own.zeros : valueCotangents;
      int values = valueCotangents == null ? 0 : LaneBlocks.vector(first, n);
      own.synthesize(n, v, vectors, c, values, gradient);
    } else {
      double[] g = vectorCotangents.interleaved();
      Kernels.batchProducts().multiplyTransposed(n, v, vectors, g, vectors, gradient, vectors);
      weigh(first, own);
      own.congruence(n, v, vectors, gradient);
    }
    check(first, matrices, own);
  }

  /** VᵀG → F ∘ (VᵀG) + diag(∂L/∂λ), made symmetric. */
  private void weigh(int first, LaneBlockMemory own) {
    int values = LaneBlocks.vector(first, n);
    double[] lambda = eigen.interleavedValues();
    if (GapCoefficients.formula(rule) instanceof InverseGap.PowerIteration series) {
      Kernels.batchProducts().powerSums(n, series.terms(), lambda, values, own.weights);
    } else {
      for (int lane = 0; lane < LANES; lane++) {
        coefficients(lambda, values + lane, own.weights, lane);
      }
    }
    leaveOutTies(lambda, values, own);
    double[] c = valueCotangents == null ? own.zeros : valueCotangents;
    int diagonal = valueCotangents == null ? 0 : values;
    Kernels.batchProducts()
        .weighSkewPart(n, own.weights, c, diagonal, gradient, LaneBlocks.matrix(first, n));
  }

  /**
   * Sets the coefficients within ties to 0, or, under an unbounded rule, marks the matrix to be
   * done alone.
   */
  private void leaveOutTies(double[] lambda, int values, LaneBlockMemory own) {
    double[] gaps = own.largest;
    smallestGaps(lambda, values, gaps);
    for (int lane = 0; lane < LANES; lane++) {
      if (!(gaps[lane] > tieTolerance * norm(lambda, values + lane))) {
        if (GaugeGate.isBounded(rule)) {
          Clusters clusters = Clusters.of(LaneBlock.copy(lambda, values + lane, n), tieTolerance);
          for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < clusters.end(j); i++) {
              own.weights[lane + (j * n + i) * LANES] = 0;
            }
          }
        } else {
          LaneBlocks.fill(own.weights, lane, n * n, Double.NaN);
        }
      }
    }
  }

  private void smallestGaps(double[] lambda, int values, double[] gaps) {
    Arrays.fill(gaps, Double.POSITIVE_INFINITY);
    for (int j = 1; j < n; j++) {
      int at = values + j * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        gaps[lane] = Math.min(gaps[lane], lambda[at + lane] - lambda[at - LANES + lane]);
      }
    }
  }

  private double norm(double[] lambda, int first) {
    return Math.max(Math.abs(lambda[first]), Math.abs(lambda[first + (n - 1) * LANES]));
  }

  private void coefficients(double[] lambda, int values, double[] weights, int lane) {
    double norm = norm(lambda, values);
    if (Double.isNaN(norm)) {
      LaneBlocks.fill(weights, lane, n * n, Double.NaN);
      return;
    }
    for (int j = 0; j < n; j++) {
      double smaller = lambda[values + j * LANES];
      for (int i = j + 1; i < n; i++) {
        weights[lane + (j * n + i) * LANES] =
            rule.between(lambda[values + i * LANES], smaller, norm);
      }
    }
  }

  private void check(int first, int matrices, LaneBlockMemory own) {
    int block = LaneBlocks.matrix(first, n);
    Kernels.batchSolver().inspect(n, true, gradient, block, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < matrices; lane++) {
      if (!(own.largest[lane] <= Double.MAX_VALUE) || isHidden(block + lane)) {
        doAlone(first + lane);
      }
    }
    for (int lane = matrices; lane < LANES; lane++) {
      LaneBlocks.fill(gradient, block + lane, n * n, 0);
    }
  }

  /** At order 1 the vector's cotangent does not enter the result, but must be finite. */
  private boolean isHidden(int element) {
    return n == 1
        && vectorCotangents != null
        && !Double.isFinite(vectorCotangents.interleaved()[element]);
  }

  private void doAlone(int b) {
    int at = LaneBlocks.matrix(b, n);
    if (LaneBlocks.isUnsolved(eigen, b)) {
      LaneBlocks.fill(gradient, at, n * n, Double.NaN);
      return;
    }
    try {
      LaneBlocks.store(alone(b, eigen.decomposition(b)), gradient, at);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }

  private DenseMatrix alone(int b, Eigendecomposition own) {
    double[] c =
        valueCotangents == null
            ? new double[n]
            : LaneBlock.copy(valueCotangents, LaneBlocks.vector(b, n), n);
    return vectorCotangents == null
        ? EigenGradient.backwardValues(own, c)
        : EigenGradient.backward(own, rule, c, vectorCotangents.matrix(b));
  }
}
