package eigengrad.bench.jmh;

import eigengrad.linalg.DenseMatrix;

/** Matrix products by their definition, which owe nothing to what is timed. */
final class NaiveProduct {
  private NaiveProduct() {}

  /** AB, elements summed one after the other. */
  static DenseMatrix of(DenseMatrix a, DenseMatrix b) {
    int rows = a.rows();
    int inner = a.columns();
    double[] left = a.columnMajor();
    double[] right = b.columnMajor();
    double[] product = new double[rows * b.columns()];
    for (int j = 0; j < b.columns(); j++) {
      for (int k = 0; k < inner; k++) {
        for (int i = 0; i < rows; i++) {
          product[i + j * rows] += left[i + k * rows] * right[k + j * inner];
        }
      }
    }
    return DenseMatrix.wrap(rows, b.columns(), product);
  }
}
