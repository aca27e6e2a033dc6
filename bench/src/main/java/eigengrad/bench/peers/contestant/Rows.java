package eigengrad.bench.peers.contestant;

/** Matrices as arrays of rows, for libraries that want them so. */
final class Rows {
  private Rows() {}

  static double[][] of(int n, double[] columnMajor) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = columnMajor[i + j * n];
      }
    }
    return rows;
  }

  static double[] columnMajor(double[][] rows) {
    int n = rows.length;
    double[] columnMajor = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        columnMajor[i + j * n] = rows[i][j];
      }
    }
    return columnMajor;
  }
}
