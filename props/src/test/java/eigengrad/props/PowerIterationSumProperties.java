package eigengrad.props;

import eigengrad.grad.PowerIterationGradient;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sum, accumulated by products with M: it is given the pairs that the loss depends on, and
 * those of larger |λ|.
 */
class PowerIterationSumProperties implements PowerIterationContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent) {
    double[] values = eigen.values();
    int[] known = known(values, valueCotangent, vectorCotangent);
    return PowerIterationGradient.backward(
        SymmetricProduct.of(SymmetricMatrices.similar(eigen.vectors(), values)),
        pick(values, known),
        columns(eigen.vectors(), known),
        terms,
        pick(valueCotangent, known),
        columns(vectorCotangent, known));
  }

  private static int[] known(double[] values, double[] c, DenseMatrix g) {
    double smallest =
        IntStream.range(0, values.length)
            .filter(j -> c[j] != 0 || Arrays.stream(g.column(j)).anyMatch(x -> x != 0))
            .mapToDouble(j -> Math.abs(values[j]))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return IntStream.range(0, values.length).filter(j -> Math.abs(values[j]) >= smallest).toArray();
  }

  private static double[] pick(double[] x, int[] indices) {
    return Arrays.stream(indices).mapToDouble(j -> x[j]).toArray();
  }

  private static DenseMatrix columns(DenseMatrix x, int[] indices) {
    double[] picked = new double[x.rows() * indices.length];
    for (int k = 0; k < indices.length; k++) {
      System.arraycopy(x.column(indices[k]), 0, picked, k * x.rows(), x.rows());
    }
    return DenseMatrix.wrap(x.rows(), indices.length, picked);
  }
}
