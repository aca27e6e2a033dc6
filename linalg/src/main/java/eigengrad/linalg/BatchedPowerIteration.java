package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * {@link PowerIteration} for lane blocks, one matrix per lane: a block steps until its last matrix
 * has converged, and those that have converged before keep their vectors.
 */
final class BatchedPowerIteration implements ChunkBody {
  /** Matrix elements in a chunk: about 100 steps on them take 20 µs. */
  private static final int CHUNK_ELEMENTS = 1 << 12;

  private final PowerIteration settings;
  private final MatrixBatch batch;
  private final int n;
  private final boolean lowerOnly;
  private final int pairs;

  /** The start vectors, one after the other, the same for every matrix. */
  private final double[] starts;

  private final BatchMemory[] memory;

  /** Does the work, until its caller is interrupted. */
  private final Crew crew;

  private final BatchedEigenPairs result;

  BatchedPowerIteration(
      PowerIteration settings,
      MatrixBatch batch,
      double symmetryTolerance,
      int pairs,
      double[] starts,
      BatchMemory[] memory,
      Crew crew) {
    this.settings = settings;
    this.batch = batch;
    this.n = batch.order();
    this.lowerOnly = SymmetricInput.isLowerOnly(symmetryTolerance);
    this.pairs = pairs;
    this.starts = starts;
    this.memory = memory;
    this.crew = crew;
    this.result = new BatchedEigenPairs(batch.count(), n, pairs);
  }

  static int chunks(MatrixBatch batch) {
    int chunk = blocksPerChunk(batch.order());
    return (MatrixBatch.laneBlocks(batch.count()) + chunk - 1) / chunk;
  }

  private static int blocksPerChunk(int n) {
    return Math.max(CHUNK_ELEMENTS / (n * n * LANES), 1);
  }

  @Override
  public void run(int chunk, int worker) {
    BatchMemory own = memory[worker];
    own.reserve(n);
    own.power.reserve(n);
    int from = chunk * blocksPerChunk(n);
    int end = Math.min(from + blocksPerChunk(n), MatrixBatch.laneBlocks(batch.count()));
    for (int block = from; block < end; block++) {
      solveBlock(block * LANES, own);
    }
  }

  BatchedEigenPairs solve() {
    crew.run(chunks(batch), this);
    for (int b = 0; b < batch.count(); b++) {
      for (int j = 0; j < pairs; j++) {
        int at = result.figure(b, j);
        requireFinite(b, result.values[at], result.residuals[at]);
      }
    }
    return result;
  }

  private static void requireFinite(int b, double value, double residual) {
    try {
      PowerIteration.requireFinite(value, residual);
    } catch (ArithmeticException cause) {
      throw new BatchFailure(b, cause).toException();
    }
  }

  private void solveBlock(int first, BatchMemory own) {
    int matrices = Math.min(LANES, batch.count() - first);
    load(first, matrices, own);
    for (int j = 0; j < pairs; j++) {
      for (int i = 0; i < n; i++) {
        Arrays.fill(own.power.v, i * LANES, (i + 1) * LANES, starts[j * n + i]);
      }
      iterate(first, matrices, j, own.power);
      Kernels.batchProducts().deflate(n, own.power.image, own.power.v, own.power.a);
      for (int lane = 0; lane < matrices; lane++) {
        store(first + lane, lane, j, own);
      }
    }
  }

  /** Each symmetric part scaled by its own power of two; the rest of the lane block is zero. */
  private void load(int first, int matrices, BatchMemory own) {
    double[] single = own.matrix.columnMajor();
    Arrays.fill(own.power.a, 0, n * n * LANES, 0);
    for (int lane = 0; lane < matrices; lane++) {
      batch.copyMatrix(first + lane, single);
      if (lowerOnly) {
        LowerTriangle.mirror(n, single, 0, n);
      }
      int exponent = PowerOfTwo.toOne(Kernels.level1().maxAbs(single.length, single, 0));
      PowerOfTwo.scale(single.length, exponent, single, 0);
      own.power.exponents[lane] = exponent;
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double mean = 0.5 * (single[i + j * n] + single[j + i * n]);
          own.power.a[(i + j * n) * LANES + lane] = mean;
        }
      }
    }
  }

  private void iterate(int first, int matrices, int j, PowerMemory own) {
    Arrays.fill(own.moving, 0, matrices, 1);
    Arrays.fill(own.moving, matrices, LANES, 0);
    int left = matrices;
    for (int step = 1; ; step++) {
      crew.requireNotInterrupted();
      Kernels.batchProducts().powerStep(n, own.a, own.v, own.image, own.values, own.residuals);
      for (int lane = 0; lane < matrices; lane++) {
        boolean converged =
            own.residuals[lane] <= settings.tolerance() * Math.abs(own.values[lane]);
        if (own.moving[lane] != 0 && (converged || step == settings.maxIterations())) {
          int at = result.figure(first + lane, j);
          result.iterations[at] = step;
          result.converged[at] = converged;
          own.moving[lane] = 0;
          left--;
        }
      }
      if (left == 0) {
        return;
      }
      Kernels.batchProducts().normalize(n, own.image, own.moving, own.v);
    }
  }

  private void store(int b, int lane, int j, BatchMemory own) {
    int at = result.figure(b, j);
    int exponent = -own.power.exponents[lane];
    result.values[at] = Scaling.shift(own.power.values[lane], exponent);
    result.residuals[at] = Scaling.shift(own.power.residuals[lane], exponent);
    double[] vector = own.values;
    for (int i = 0; i < n; i++) {
      vector[i] = own.power.v[i * LANES + lane];
    }
    Spectrum.makeLargestPositive(n, vector, 0);
    int to = result.vector(b, j);
    for (int i = 0; i < n; i++) {
      // Adding 0 makes −0 to 0.
      result.vectors[to + i * LANES] = vector[i] + 0;
    }
  }
}
