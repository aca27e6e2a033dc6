package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.paper.BatchedPowerIterationPass;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Deflated power iteration on a batch, at ties, near ties and on matrices that run out. */
@AddLifecycleHook(ChosenSeed.class)
class BatchedPowerIterationProperties {
  private final EigenSolver solver = new EigenSolver();

  @Provide
  Arbitrary<double[]> hostile() {
    return Spectra.hostile(1, 12);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  /** Ties and near ties, the matrix anywhere among any number of others. */
  @Property
  void backward_anyPlaceInAnyBatch_givesTheSameBits(
      @ForAll("hostile") double[] spectrum,
      @ForAll @IntRange(min = 1, max = 40) int iterations,
      @ForAll @IntRange(min = 1, max = 26) int count,
      @ForAll("seeds") long seed) {
    int n = spectrum.length;
    int pairs = 1 + Math.floorMod(seed, n);
    DenseMatrix m = SymmetricMatrices.withSpectrum(spectrum, seed);
    DenseMatrix[] company = new DenseMatrix[count];
    Arrays.setAll(company, b -> SymmetricMatrices.gaussian(n, n, seed + b).symmetricPart());
    int place = Math.floorMod(seed, count);
    company[place] = m;
    double[] c = SymmetricMatrices.gaussian(pairs, 1, seed + 1).toArray();
    double[] g = SymmetricMatrices.gaussian(n, pairs, seed + 2).toArray();
    double[] start = SymmetricMatrices.gaussian(n, pairs, seed + 3).toArray();
    BatchedPowerIterationPass alone = forward(pairs, iterations, start, m);
    BatchedPowerIterationPass together = forward(pairs, iterations, start, company);
    for (int j = 0; j < pairs; j++) {
      assertEquals(alone.value(0, j), together.value(place, j));
      assertArrayEquals(alone.vector(0, j), together.vector(place, j));
    }
    assertEquals(backward(alone, c, g, 0), backward(together, c, g, place));
  }

  private BatchedPowerIterationPass forward(
      int pairs, int iterations, double[] start, DenseMatrix... matrices) {
    double[] starts = repeated(matrices.length, start);
    return BatchedPowerIterationPass.forward(
        MatrixBatch.of(matrices), pairs, iterations, starts, solver);
  }

  private DenseMatrix backward(BatchedPowerIterationPass pass, double[] c, double[] g, int place) {
    return pass.backward(repeated(pass.count(), c), repeated(pass.count(), g), solver)
        .matrix(place);
  }

  /** The same numbers for every matrix, in whole groups. */
  private static double[] repeated(int count, double[] numbers) {
    double[] interleaved = new double[(count + 7) / 8 * 8 * numbers.length];
    Arrays.setAll(interleaved, i -> numbers[i / 8 % numbers.length]);
    return interleaved;
  }
}
