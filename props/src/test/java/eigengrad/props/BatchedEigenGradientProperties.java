package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The batched gradient, the sample among copies of it and alone. */
class BatchedEigenGradientProperties implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return inCompany(eigen, InverseGap.analytic(), valueCotangent, vectorCotangent, 11, 9);
  }

  private static DenseMatrix inCompany(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent,
      int count,
      int place) {
    int n = eigen.order();
    Eigendecomposition[] all = new Eigendecomposition[count];
    DenseMatrix[] cotangents = new DenseMatrix[count];
    Arrays.fill(all, eigen);
    Arrays.setAll(cotangents, b -> vectorCotangent.times(b == place ? 1 : b - 0.5));
    BatchedEigendecomposition batch = BatchedEigendecomposition.of(all);
    double[] values = new double[batch.interleavedValues().length];
    for (int j = 0; j < n; j++) {
      values[(place / 8 * n + j) * 8 + place % 8] = valueCotangent[j];
    }
    return EigenGradient.backward(
            batch, rule, values, MatrixBatch.of(cotangents), new EigenSolver())
        .matrix(place);
  }

  @Provide
  Arbitrary<double[]> hostile() {
    return Spectra.hostile(1, 12);
  }

  @Provide
  Arbitrary<InverseGap> rules() {
    return GradientRules.bounded();
  }

  /** Ties and near ties, the matrix anywhere among any number of others. */
  @Property
  void backward_anyPlaceInAnyBatch_givesTheSameBits(
      @ForAll("hostile") double[] spectrum,
      @ForAll("rules") InverseGap rule,
      @ForAll @IntRange(min = 1, max = 26) int count,
      @ForAll long seed) {
    int n = spectrum.length;
    double[] values = spectrum.clone();
    Arrays.sort(values);
    DenseMatrix v = SymmetricMatrices.orthogonal(n, seed);
    Eigendecomposition eigen = Eigendecomposition.of(values, v);
    double[] c = SymmetricMatrices.gaussian(n, 1, seed + 1).toArray();
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 2);
    int place = Math.floorMod(seed, count);
    assertEquals(inCompany(eigen, rule, c, g, 1, 0), inCompany(eigen, rule, c, g, count, place));
  }
}
