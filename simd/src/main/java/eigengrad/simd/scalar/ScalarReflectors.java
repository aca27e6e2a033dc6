package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

/** Four or eight reflectors on columns of a row-major tile. */
final class ScalarReflectors {
  private ScalarReflectors() {}

  /** On two neighbouring columns, which share the loads of V. */
  static void four(
      int rows, int columns, double[] v, int vOffset, double[] t, int tOffset, double[] z, int at) {
    double x0 = 0;
    double x1 = 0;
    double x2 = 0;
    double x3 = 0;
    double y0 = 0;
    double y1 = 0;
    double y2 = 0;
    double y3 = 0;
    int row = vOffset;
    int element = at;
    for (int i = 0; i < rows; i++) {
      double x = z[element];
      double y = z[element + 1];
      x0 = multiplyAdd(x, v[row], x0);
      y0 = multiplyAdd(y, v[row], y0);
      x1 = multiplyAdd(x, v[row + 1], x1);
      y1 = multiplyAdd(y, v[row + 1], y1);
      x2 = multiplyAdd(x, v[row + 2], x2);
      y2 = multiplyAdd(y, v[row + 2], y2);
      x3 = multiplyAdd(x, v[row + 3], x3);
      y3 = multiplyAdd(y, v[row + 3], y3);
      row += 4;
      element += columns;
    }
    // W ← −TW, T upper triangular.
    double t0 = -t[tOffset];
    double t1 = -t[tOffset + 4];
    double t2 = -t[tOffset + 8];
    double t3 = -t[tOffset + 12];
    x0 = x0 * t0 + x1 * t1 + x2 * t2 + x3 * t3;
    y0 = y0 * t0 + y1 * t1 + y2 * t2 + y3 * t3;
    t1 = -t[tOffset + 5];
    t2 = -t[tOffset + 9];
    t3 = -t[tOffset + 13];
    x1 = x1 * t1 + x2 * t2 + x3 * t3;
    y1 = y1 * t1 + y2 * t2 + y3 * t3;
    t2 = -t[tOffset + 10];
    t3 = -t[tOffset + 14];
    x2 = x2 * t2 + x3 * t3;
    y2 = y2 * t2 + y3 * t3;
    t3 = -t[tOffset + 15];
    x3 = x3 * t3;
    y3 = y3 * t3;
    row = vOffset;
    element = at;
    for (int i = 0; i < rows; i++) {
      double x = multiplyAdd(x3, v[row + 3], z[element]);
      double y = multiplyAdd(y3, v[row + 3], z[element + 1]);
      x = multiplyAdd(x2, v[row + 2], x);
      y = multiplyAdd(y2, v[row + 2], y);
      x = multiplyAdd(x1, v[row + 1], x);
      y = multiplyAdd(y1, v[row + 1], y);
      z[element] = multiplyAdd(x0, v[row], x);
      z[element + 1] = multiplyAdd(y0, v[row], y);
      row += 4;
      element += columns;
    }
  }

  /** On one column. */
  static void eight(
      int rows, int columns, double[] v, int vOffset, double[] t, int tOffset, double[] z, int at) {
    double w0 = 0;
    double w1 = 0;
    double w2 = 0;
    double w3 = 0;
    double w4 = 0;
    double w5 = 0;
    double w6 = 0;
    double w7 = 0;
    int row = vOffset;
    int element = at;
    for (int i = 0; i < rows; i++) {
      double zi = z[element];
      w0 = multiplyAdd(zi, v[row], w0);
      w1 = multiplyAdd(zi, v[row + 1], w1);
      w2 = multiplyAdd(zi, v[row + 2], w2);
      w3 = multiplyAdd(zi, v[row + 3], w3);
      w4 = multiplyAdd(zi, v[row + 4], w4);
      w5 = multiplyAdd(zi, v[row + 5], w5);
      w6 = multiplyAdd(zi, v[row + 6], w6);
      w7 = multiplyAdd(zi, v[row + 7], w7);
      row += 8;
      element += columns;
    }
    // W ← −TW, T upper triangular.
    w0 = w0 * -t[tOffset];
    w0 = multiplyAdd(w1, -t[tOffset + 8], w0);
    w0 = multiplyAdd(w2, -t[tOffset + 16], w0);
    w0 = multiplyAdd(w3, -t[tOffset + 24], w0);
    w0 = multiplyAdd(w4, -t[tOffset + 32], w0);
    w0 = multiplyAdd(w5, -t[tOffset + 40], w0);
    w0 = multiplyAdd(w6, -t[tOffset + 48], w0);
    w0 = multiplyAdd(w7, -t[tOffset + 56], w0);
    w1 = w1 * -t[tOffset + 9];
    w1 = multiplyAdd(w2, -t[tOffset + 17], w1);
    w1 = multiplyAdd(w3, -t[tOffset + 25], w1);
    w1 = multiplyAdd(w4, -t[tOffset + 33], w1);
    w1 = multiplyAdd(w5, -t[tOffset + 41], w1);
    w1 = multiplyAdd(w6, -t[tOffset + 49], w1);
    w1 = multiplyAdd(w7, -t[tOffset + 57], w1);
    w2 = w2 * -t[tOffset + 18];
    w2 = multiplyAdd(w3, -t[tOffset + 26], w2);
    w2 = multiplyAdd(w4, -t[tOffset + 34], w2);
    w2 = multiplyAdd(w5, -t[tOffset + 42], w2);
    w2 = multiplyAdd(w6, -t[tOffset + 50], w2);
    w2 = multiplyAdd(w7, -t[tOffset + 58], w2);
    w3 = w3 * -t[tOffset + 27];
    w3 = multiplyAdd(w4, -t[tOffset + 35], w3);
    w3 = multiplyAdd(w5, -t[tOffset + 43], w3);
    w3 = multiplyAdd(w6, -t[tOffset + 51], w3);
    w3 = multiplyAdd(w7, -t[tOffset + 59], w3);
    w4 = w4 * -t[tOffset + 36];
    w4 = multiplyAdd(w5, -t[tOffset + 44], w4);
    w4 = multiplyAdd(w6, -t[tOffset + 52], w4);
    w4 = multiplyAdd(w7, -t[tOffset + 60], w4);
    w5 = w5 * -t[tOffset + 45];
    w5 = multiplyAdd(w6, -t[tOffset + 53], w5);
    w5 = multiplyAdd(w7, -t[tOffset + 61], w5);
    w6 = w6 * -t[tOffset + 54];
    w6 = multiplyAdd(w7, -t[tOffset + 62], w6);
    w7 = w7 * -t[tOffset + 63];
    row = vOffset;
    element = at;
    for (int i = 0; i < rows; i++) {
      double sum = multiplyAdd(w3, v[row + 3], z[element]);
      sum = multiplyAdd(w2, v[row + 2], sum);
      sum = multiplyAdd(w1, v[row + 1], sum);
      sum = multiplyAdd(w0, v[row], sum);
      double rest = multiplyAdd(w6, v[row + 6], w7 * v[row + 7]);
      rest = multiplyAdd(w5, v[row + 5], rest);
      z[element] = sum + multiplyAdd(w4, v[row + 4], rest);
      row += 8;
      element += columns;
    }
  }
}
