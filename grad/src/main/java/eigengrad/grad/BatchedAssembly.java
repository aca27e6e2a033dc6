package eigengrad.grad;

import static eigengrad.grad.Groups.GROUP;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.BatchProducts;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The assembly of {@link GradientAssembly} for groups of matrices, k = n.
 *
 * <p>Nothing is checked on the way: what is not finite makes every element of its gradient not
 * finite. Such a matrix is done again by {@link EigenGradient}, which knows what to say.
 */
final class BatchedAssembly implements BatchWorkspace.GroupWork {
  private final BatchProducts products = Kernels.batchProducts();
  private final BatchedEigendecomposition eigen;
  private final InverseGap rule;
  private final double tieTolerance;
  private final double @Nullable [] valueCotangents;
  private final @Nullable MatrixBatch vectorCotangents;
  private final int n;
  private final double[] gradient;
  private final FirstFailure failure = new FirstFailure();

  /** Without cotangents of one kind: null. */
  BatchedAssembly(
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

  MatrixBatch run(BatchWorkspace workspace) {
    workspace.run(eigen.count(), n, this);
    failure.throwIfAny();
    return MatrixBatch.wrap(eigen.count(), n, gradient);
  }

  @Override
  public void run(int first, int matrices, GroupMemory own) {
    if (failure.isBefore(first)) {
      return;
    }
    double[] v = eigen.vectors().interleaved();
    int vectors = Groups.matrix(first, n);
    if (vectorCotangents == null) {
      double[] c = valueCotangents == null ? own.zeros : valueCotangents;
      int values = valueCotangents == null ? 0 : Groups.vector(first, n);
      own.synthesize(n, v, vectors, c, values, gradient);
    } else {
      double[] g = vectorCotangents.interleaved();
      products.multiplyTransposed(n, v, vectors, g, vectors, gradient, vectors);
      weigh(first, own);
      own.congruence(n, v, vectors, gradient);
    }
    check(first, matrices, own);
  }

  /** VᵀG → F ∘ (VᵀG) + diag(∂L/∂λ), made symmetric. */
  private void weigh(int first, GroupMemory own) {
    int values = Groups.vector(first, n);
    double[] lambda = eigen.interleavedValues();
    if (GapCoefficients.formula(rule) instanceof InverseGap.PowerIteration series) {
      products.powerSums(n, series.terms(), lambda, values, own.weights);
    } else {
      for (int lane = 0; lane < GROUP; lane++) {
        coefficients(lambda, values + lane, own.weights, lane);
      }
    }
    leaveOutTies(lambda, values, own);
    double[] c = valueCotangents == null ? own.zeros : valueCotangents;
    int diagonal = valueCotangents == null ? 0 : values;
    products.weighSkewPart(n, own.weights, c, diagonal, gradient, Groups.matrix(first, n));
  }

  /** A matrix with ties is weighed by its clusters or, under a rule that nothing bounds, alone. */
  private void leaveOutTies(double[] lambda, int values, GroupMemory own) {
    double[] gaps = own.largest;
    smallestGaps(lambda, values, gaps);
    for (int lane = 0; lane < GROUP; lane++) {
      if (!(gaps[lane] > tieTolerance * norm(lambda, values + lane))) {
        if (GaugeGate.isBounded(rule)) {
          Clusters clusters = Clusters.of(Groups.copy(lambda, values + lane, n), tieTolerance);
          for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < clusters.end(j); i++) {
              own.weights[lane + (j * n + i) * GROUP] = 0;
            }
          }
        } else {
          Groups.fill(own.weights, lane, n * n, Double.NaN);
        }
      }
    }
  }

  private void smallestGaps(double[] lambda, int values, double[] gaps) {
    Arrays.fill(gaps, Double.POSITIVE_INFINITY);
    for (int j = 1; j < n; j++) {
      int at = values + j * GROUP;
      for (int lane = 0; lane < GROUP; lane++) {
        gaps[lane] = Math.min(gaps[lane], lambda[at + lane] - lambda[at - GROUP + lane]);
      }
    }
  }

  private double norm(double[] lambda, int first) {
    return Math.max(Math.abs(lambda[first]), Math.abs(lambda[first + (n - 1) * GROUP]));
  }

  private void coefficients(double[] lambda, int values, double[] weights, int lane) {
    double norm = norm(lambda, values);
    if (Double.isNaN(norm)) {
      Groups.fill(weights, lane, n * n, Double.NaN);
      return;
    }
    for (int j = 0; j < n; j++) {
      double smaller = lambda[values + j * GROUP];
      for (int i = j + 1; i < n; i++) {
        weights[lane + (j * n + i) * GROUP] =
            rule.between(lambda[values + i * GROUP], smaller, norm);
      }
    }
  }

  private void check(int first, int matrices, GroupMemory own) {
    int group = Groups.matrix(first, n);
    Kernels.batchSolver().inspect(n, true, gradient, group, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < matrices; lane++) {
      if (!(own.largest[lane] <= Double.MAX_VALUE) || isHidden(group + lane)) {
        doAlone(first + lane);
      }
    }
    for (int lane = matrices; lane < GROUP; lane++) {
      Groups.fill(gradient, group + lane, n * n, 0);
    }
  }

  /** Of order 1, the vector's cotangent does not enter, but must be finite. */
  private boolean isHidden(int element) {
    return n == 1
        && vectorCotangents != null
        && !Double.isFinite(vectorCotangents.interleaved()[element]);
  }

  private void doAlone(int b) {
    int at = Groups.matrix(b, n);
    if (Groups.isUnsolved(eigen, b)) {
      Groups.fill(gradient, at, n * n, Double.NaN);
      return;
    }
    try {
      Groups.store(alone(b, eigen.decomposition(b)), gradient, at);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }

  private DenseMatrix alone(int b, Eigendecomposition own) {
    double[] c =
        valueCotangents == null
            ? new double[n]
            : Groups.copy(valueCotangents, Groups.vector(b, n), n);
    return vectorCotangents == null
        ? EigenGradient.backwardValues(own, c)
        : EigenGradient.backward(own, rule, c, vectorCotangents.matrix(b));
  }
}
