package eigengrad.linalg;

import eigengrad.simd.BatchProducts;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * {@link PowerIteration} for groups of matrices, one a lane: a group steps until its last matrix
 * has converged, those that have keep their vectors.
 */
final class BatchedPowerIteration {
  private static final int GROUP = MatrixBatch.GROUP;

  /** Of a chunk, elements of matrices: some 100 steps of them take 20 µs. */
  private static final int CHUNK_ELEMENTS = 1 << 12;

  private final BatchProducts products = Kernels.active().batchProducts();
  private final PowerIteration settings;
  private final MatrixBatch batch;
  private final int n;

  /** The start vectors, the same for every matrix. */
  private final double[][] starts;

  private final BatchedEigenPairs result;
  private final Memory[] memory = new Memory[Parallelism.MOST_THREADS];

  BatchedPowerIteration(PowerIteration settings, MatrixBatch batch, double[][] starts) {
    this.settings = settings;
    this.batch = batch;
    this.n = batch.order();
    this.starts = starts;
    this.result = new BatchedEigenPairs(batch.count(), n, starts.length);
  }

  BatchedEigenPairs solve(Parallelism parallelism) {
    int groups = MatrixBatch.groups(batch.count());
    int chunk = Math.max(CHUNK_ELEMENTS / (n * n * GROUP), 1);
    parallelism.run(
        (groups + chunk - 1) / chunk,
        (index, worker) -> {
          if (memory[worker] == null) {
            memory[worker] = new Memory(n);
          }
          int end = Math.min((index + 1) * chunk, groups);
          for (int group = index * chunk; group < end; group++) {
            solveGroup(group * GROUP, memory[worker]);
          }
        });
    for (int b = 0; b < batch.count(); b++) {
      for (int j = 0; j < starts.length; j++) {
        if (Double.isInfinite(result.values[result.figure(b, j)])) {
          throw new ArithmeticException(
              "matrix " + b + " of the batch: " + PowerIteration.TOO_LARGE);
        }
      }
    }
    return result;
  }

  private void solveGroup(int first, Memory own) {
    int matrices = Math.min(GROUP, batch.count() - first);
    Scaling[] scalings = new Scaling[matrices];
    Arrays.fill(own.a, 0);
    for (int lane = 0; lane < matrices; lane++) {
      batch.copyMatrix(first + lane, own.single);
      scalings[lane] =
          Scaling.forLargest(Kernels.active().maxAbs(own.single.length, own.single, 0));
      scalings[lane].scale(own.single);
      spread(own.single, own.a, lane);
    }
    for (int j = 0; j < starts.length; j++) {
      for (int lane = 0; lane < GROUP; lane++) {
        spread(starts[j], own.v, lane);
      }
      iterate(first, matrices, j, own);
      products.deflate(n, own.image, own.v, own.a);
      store(first, j, scalings, own);
    }
  }

  private static void spread(double[] contiguous, double[] interleaved, int lane) {
    for (int i = 0; i < contiguous.length; i++) {
      interleaved[i * GROUP + lane] = contiguous[i];
    }
  }

  private void iterate(int first, int matrices, int j, Memory own) {
    Arrays.fill(own.moving, 0, matrices, 1);
    Arrays.fill(own.moving, matrices, GROUP, 0);
    int left = matrices;
    for (int step = 1; ; step++) {
      products.powerStep(n, own.a, own.v, own.image, own.values, own.residuals);
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
      products.normalize(n, own.image, own.moving, own.v);
    }
  }

  private void store(int first, int j, Scaling[] scalings, Memory own) {
    for (int lane = 0; lane < scalings.length; lane++) {
      int at = result.figure(first + lane, j);
      result.values[at] = scalings[lane].undone(own.values[lane]);
      result.residuals[at] = scalings[lane].undone(own.residuals[lane]);
      for (int i = 0; i < n; i++) {
        own.vector[i] = own.v[i * GROUP + lane];
      }
      Spectrum.makeLargestPositive(n, own.vector, 0);
      int to = result.vector(first + lane, j);
      for (int i = 0; i < n; i++) {
        // Adding 0 makes −0 to 0.
        result.vectors[to + i * GROUP] = own.vector[i] + 0;
      }
    }
  }

  /** The memory of one thread. */
  private static final class Memory {
    final double[] a;
    final double[] v;
    final double[] image;
    final double[] single;
    final double[] vector;
    final double[] values = new double[GROUP];
    final double[] residuals = new double[GROUP];
    final double[] moving = new double[GROUP];

    Memory(int n) {
      a = new double[n * n * GROUP];
      v = new double[n * GROUP];
      image = new double[n * GROUP];
      single = new double[n * n];
      vector = new double[n];
    }
  }
}
