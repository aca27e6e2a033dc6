package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What a solver under test returned, unchecked: the contract judges it.
 *
 * @param values eigenvalues; the contract wants n, ascending
 * @param vectors eigenvectors as columns, in the order of the values; the contract wants n×n
 */
public record Eigenpairs(double[] values, DenseMatrix vectors) {

  /**
   * The pairs of a solver that hands over an array of vectors, as column-major libraries do.
   *
   * @param values n eigenvalues
   * @param columns n² elements, one vector after the other
   * @return the pairs
   * @throws IllegalArgumentException if there are not n² elements
   */
  public static Eigenpairs ofColumns(double[] values, double[] columns) {
    return new Eigenpairs(values, DenseMatrix.of(values.length, values.length, columns));
  }

  /**
   * The pairs of a solver that hands over rows, vector j in column j.
   *
   * @param values n eigenvalues
   * @param rows n rows
   * @return the pairs
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static Eigenpairs ofRows(double[] values, double[][] rows) {
    return new Eigenpairs(values, DenseMatrix.ofRows(rows));
  }

  /**
   * The same pairs, ascending, for a solver that promises no order.
   *
   * @return sorted copies
   */
  public Eigenpairs ascending() {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> values[j]))
            .mapToInt(j -> j)
            .toArray();
    int rows = vectors.rows();
    double[] columns = new double[rows * order.length];
    double[] sorted = new double[order.length];
    for (int j = 0; j < order.length; j++) {
      sorted[j] = values[order[j]];
      System.arraycopy(vectors.columnMajor(), order[j] * rows, columns, j * rows, rows);
    }
    return new Eigenpairs(sorted, DenseMatrix.wrap(rows, order.length, columns));
  }
}
