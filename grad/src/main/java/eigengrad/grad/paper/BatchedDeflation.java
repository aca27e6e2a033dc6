package eigengrad.grad.paper;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.batch.FirstFailure;
import eigengrad.grad.internal.batch.LaneBlockMemory;
import eigengrad.grad.internal.batch.LaneBlockRunner;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;

/**
 * {@link DeflatedPowerIteration} by lane blocks, forward and backward.
 *
 * <p>Backward takes the steps again, in the memory of its thread: remembered, those of a whole
 * batch would fill k(K + n) vectors per matrix, allocated in every forward pass.
 *
 * <p>Nothing is scaled or checked on the way: what vanishes or is not finite makes the last value,
 * or an element of the gradient, not finite. Such a matrix is done again by {@link
 * DeflatedPowerIteration}, which scales, and answers or throws with a message; so is one whose
 * elements are so large or so small that squares could over- or underflow unnoticed, and an
 * asymmetric one.
 */
final class BatchedDeflation {
  /**
   * A matrix whose largest element lies between this and its inverse has squares whose sums are
   * normal numbers.
   */
  private static final double LEAST = 0x1p-400;

  private final MatrixBatch batch;
  private final int n;
  private final int pairs;
  private final int iterations;

  /** v⁽⁰⁾ of each pair, interleaved, of any norm. */
  private final double[] starts;

  /** Whether one lane block of starts serves every lane block. */
  private final boolean sameStarts;

  BatchedDeflation(
      MatrixBatch batch, int pairs, int iterations, double[] starts, boolean sameStarts) {
    this.batch = batch;
    this.n = batch.order();
    this.pairs = pairs;
    this.iterations = iterations;
    this.starts = starts;
    this.sameStarts = sameStarts;
  }

  /** Finds values and vectors, interleaved. */
  void forward(double[] values, double[] vectors, EigenSolver solver) {
    FirstFailure failure = new FirstFailure();
    Caller caller = Caller.current();
    run(
        solver,
        (first, matrices, own) -> {
          if (!failure.isBefore(first)) {
            forward(first, matrices, own, values, vectors, failure, caller);
          }
        });
    failure.throwIfAny();
  }

  /** ∂L/∂M from cotangents like the results of {@link #forward}. */
  MatrixBatch backward(double[] valueCotangents, double[] vectorCotangents, EigenSolver solver) {
    FirstFailure failure = new FirstFailure();
    Caller caller = Caller.current();
    double[] gradient = new double[batch.interleaved().length];
    run(
        solver,
        (first, matrices, own) -> {
          if (!failure.isBefore(first)) {
            backward(
                first, matrices, own, valueCotangents, vectorCotangents, gradient, failure, caller);
          }
        });
    failure.throwIfAny();
    return MatrixBatch.wrap(batch.count(), n, gradient);
  }

  private void run(EigenSolver solver, LaneBlockRunner.Work work) {
    double blockWork = (double) LANES * n * n * pairs * iterations;
    new LaneBlockRunner(solver).run(batch.count(), n, (long) blockWork, work);
  }

  private void forward(
      int first,
      int matrices,
      LaneBlockMemory own,
      double[] values,
      double[] vectors,
      FirstFailure failure,
      Caller caller) {
    BatchedPowerIterationTrace[] traces = iterate(first, own, caller);
    int toValue = LaneBlocks.vector(first, pairs);
    int toVector = LaneBlock.first(first, n * pairs);
    for (int j = 0; j < pairs; j++) {
      System.arraycopy(traces[j].values(), 0, values, toValue + j * LANES, LANES);
      System.arraycopy(traces[j].vector(), 0, vectors, toVector + j * n * LANES, n * LANES);
    }
    int alone = unsuited(first, matrices, own);
    int last = toValue + (pairs - 1) * LANES;
    for (int lane = 0; lane < matrices; lane++) {
      if ((alone >> lane & 1) != 0 || !Double.isFinite(values[last + lane])) {
        forwardAlone(first + lane, values, vectors, failure, caller);
      }
    }
    for (int lane = matrices; lane < LANES; lane++) {
      LaneBlocks.fill(values, toValue + lane, pairs, 0);
      LaneBlocks.fill(vectors, toVector + lane, n * pairs, 0);
    }
  }

  /** A bit for each matrix of a lane block that is not symmetric, too large or too small. */
  private int unsuited(int first, int matrices, LaneBlockMemory own) {
    double[] m = batch.interleaved();
    Kernels.batchSolver()
        .inspect(n, false, m, LaneBlocks.matrix(first, n), own.largest, own.asymmetry, 0);
    double tolerance = EigenOptions.DEFAULT.symmetryTolerance();
    int unsuited = 0;
    for (int lane = 0; lane < matrices; lane++) {
      double largest = own.largest[lane];
      boolean symmetric = own.asymmetry[lane] <= tolerance * largest;
      if (!(symmetric && largest >= LEAST && largest <= 1 / LEAST)) {
        unsuited |= 1 << lane;
      }
    }
    return unsuited;
  }

  /** The steps for every pair of a lane block. */
  private BatchedPowerIterationTrace[] iterate(int first, LaneBlockMemory own, Caller caller) {
    BatchedPowerIterationTrace[] traces =
        own.others.of(TraceMemory.class, TraceMemory::new).traces(pairs, n, iterations);
    for (int j = 0; j < pairs; j++) {
      if (j == 0) {
        traces[j].load(batch.interleaved(), LaneBlocks.matrix(first, n));
      } else {
        traces[j].loadDeflated(traces[j - 1]);
      }
      traces[j].run(starts, start(first, j), caller);
    }
    return traces;
  }

  private int start(int b, int j) {
    int from = sameStarts ? b % LANES : LaneBlock.first(b, n * pairs);
    return from + j * n * LANES;
  }

  private void backward(
      int first,
      int matrices,
      LaneBlockMemory own,
      double[] valueCotangents,
      double[] vectorCotangents,
      double[] gradient,
      FirstFailure failure,
      Caller caller) {
    BatchedPowerIterationTrace[] traces = iterate(first, own, caller);
    double[] deflated = own.product;
    Arrays.fill(deflated, 0, n * n * LANES, 0);
    int value = LaneBlocks.vector(first, pairs);
    int vector = LaneBlock.first(first, n * pairs);
    for (int j = pairs - 1; j >= 0; j--) {
      traces[j].backward(
          valueCotangents,
          value + j * LANES,
          vectorCotangents,
          vector + j * n * LANES,
          deflated,
          caller);
    }
    int alone = unsuited(first, matrices, own);
    int block = LaneBlocks.matrix(first, n);
    Kernels.batchProducts().symmetricPart(n, deflated, 0, gradient, block);
    Kernels.batchSolver().inspect(n, true, gradient, block, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < matrices; lane++) {
      if ((alone >> lane & 1) != 0 || !(own.largest[lane] <= Double.MAX_VALUE)) {
        backwardAlone(first + lane, valueCotangents, vectorCotangents, gradient, failure, caller);
      }
    }
    for (int lane = matrices; lane < LANES; lane++) {
      LaneBlocks.fill(gradient, block + lane, n * n, 0);
    }
  }

  private DeflatedPowerIteration.DeflatedPass alone(int b, Caller caller) {
    DeflatedPowerIteration.Starts own =
        (matrix, count) ->
            j -> PowerIterationStarts.require(j, LaneBlock.copy(starts, start(b, j), n));
    return new DeflatedPowerIteration(iterations, own, Rounding.NONE)
        .forward(batch.matrix(b), pairs, caller);
  }

  /** Does one matrix; pairs that deflation left nothing for are zeros. */
  private void forwardAlone(
      int b, double[] values, double[] vectors, FirstFailure failure, Caller caller) {
    try {
      DifferentiableEigen.Pass pass = alone(b, caller);
      int value = LaneBlocks.vector(b, pairs);
      int vector = LaneBlock.first(b, n * pairs);
      LaneBlocks.fill(values, value, pairs, 0);
      LaneBlocks.fill(vectors, vector, n * pairs, 0);
      LaneBlocks.store(DenseMatrix.wrap(1, pass.values().length, pass.values()), values, value);
      LaneBlocks.store(pass.vectors(), vectors, vector);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }

  private void backwardAlone(
      int b,
      double[] valueCotangents,
      double[] vectorCotangents,
      double[] gradient,
      FirstFailure failure,
      Caller caller) {
    double[] c = LaneBlock.copy(valueCotangents, LaneBlocks.vector(b, pairs), pairs);
    double[] g = LaneBlock.copy(vectorCotangents, LaneBlock.first(b, n * pairs), n * pairs);
    try {
      Cotangents.require("valueCotangents", pairs, c);
      Cotangents.require("vectorCotangents", n, pairs, DenseMatrix.wrap(n, pairs, g));
      DeflatedPowerIteration.DeflatedPass pass = alone(b, caller);
      int found = pass.values().length;
      DenseMatrix used = DenseMatrix.wrap(n, found, Arrays.copyOf(g, n * found));
      DenseMatrix own = pass.backward(Arrays.copyOf(c, found), used, caller);
      LaneBlocks.store(own, gradient, LaneBlocks.matrix(b, n));
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }
}
