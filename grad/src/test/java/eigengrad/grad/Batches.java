package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.relativeDifference;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import java.util.Arrays;

/** Batches to be differentiated, and what their results must look like. */
public final class Batches {
  private Batches() {}

  public static double[][] values(int count, int n, long seed) {
    double[][] vectors = new double[count][];
    Arrays.setAll(vectors, b -> gaussian(n, 1, seed + b).toArray());
    return vectors;
  }

  public static void requireZeroFilling(MatrixBatch batch) {
    int square = batch.order() * batch.order();
    for (int i = 0; i < batch.interleaved().length; i++) {
      if (i / 8 / square * 8 + i % 8 >= batch.count()) {
        assertEquals(0, batch.interleaved()[i]);
      }
    }
  }

  public static double[] filled(int size, double element) {
    double[] filled = new double[size];
    Arrays.fill(filled, element);
    return filled;
  }

  public static DenseMatrix[] symmetric(int count, int n, long seed) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> gaussian(n, n, seed + b).symmetricPart());
    return matrices;
  }

  public static DenseMatrix[] cotangents(int count, int n, long seed) {
    DenseMatrix[] matrices = new DenseMatrix[count];
    Arrays.setAll(matrices, b -> gaussian(n, n, seed + b));
    return matrices;
  }

  public static void requireClose(DenseMatrix expected, DenseMatrix actual) {
    assertTrue(
        expected.minus(actual).frobeniusNorm() <= 1e-13 * expected.frobeniusNorm(),
        () -> expected.rows() + ": off by " + relativeDifference(expected, actual));
  }
}
