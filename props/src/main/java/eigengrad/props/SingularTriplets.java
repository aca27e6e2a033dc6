package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a solver of the singular value decomposition returned, unchecked: the contract judges it.
 *
 * @param values singular values; the contract wants min(m, n), descending
 * @param left U, left singular vectors as columns in the order of the values; the contract wants
 *     m×min(m, n)
 * @param right V, not Vᵀ: right singular vectors as columns; the contract wants n×min(m, n)
 */
public record SingularTriplets(double[] values, DenseMatrix left, DenseMatrix right) {

  /**
   * The same triplets, descending, for a solver that promises no order.
   *
   * @return sorted copies
   */
  public SingularTriplets descending() {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -values[j]))
            .mapToInt(j -> j)
            .toArray();
    double[] sorted = new double[order.length];
    for (int j = 0; j < order.length; j++) {
      sorted[j] = values[order[j]];
    }
    return new SingularTriplets(sorted, columns(left, order), columns(right, order));
  }

  private static DenseMatrix columns(DenseMatrix matrix, int[] order) {
    int rows = matrix.rows();
    double[] columns = new double[rows * order.length];
    for (int j = 0; j < order.length; j++) {
      System.arraycopy(matrix.columnMajor(), order[j] * rows, columns, j * rows, rows);
    }
    return DenseMatrix.wrap(rows, order.length, columns);
  }
}
