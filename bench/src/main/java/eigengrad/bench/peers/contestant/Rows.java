package eigengrad.bench.peers.contestant;

/** Matrices as rows, for libraries that want them so. */
final class Rows {
  private Rows() {}

  static double[][] of(int n, double[] columnMajor) {
    return of(n, n, columnMajor);
  }

  static double[][] of(int m, int n, double[] columnMajor) {
    double[][] rows = new double[m][n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = columnMajor[i + j * m];
      }
    }
    return rows;
  }

  static double[] columnMajor(double[][] rows) {
    int m = rows.length;
    int n = m == 0 ? 0 : rows[0].length;
    double[] columnMajor = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        columnMajor[i + j * m] = rows[i][j];
      }
    }
    return columnMajor;
  }

  /** From an m×n matrix column after column to row after row. */
  static double[] transposed(int m, int n, double[] columnMajor) {
    double[] rows = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        rows[i * n + j] = columnMajor[i + j * m];
      }
    }
    return rows;
  }
}
