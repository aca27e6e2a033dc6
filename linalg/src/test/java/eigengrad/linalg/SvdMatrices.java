package eigengrad.linalg;

import static eigengrad.linalg.RectangularMatrices.ofElements;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Matrices of one shape that are hard for a singular value decomposition, each in its own way. */
final class SvdMatrices {
  private SvdMatrices() {}

  static DenseMatrix random(int m, int n, long seed) {
    Random random = new Random(seed);
    double[] a = new double[m * n];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextGaussian();
    }
    return DenseMatrix.of(m, n, a);
  }

  /** Of given singular values. */
  static DenseMatrix withValues(int m, int n, long seed, IntToDoubleFunction value) {
    int k = Math.min(m, n);
    SingularValueDecomposition frame = Svd.decompose(random(m, n, seed));
    double[] scaled = frame.leftVectors().toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= value.applyAsDouble(i / Math.max(m, 1));
    }
    return DenseMatrix.of(m, k, scaled).times(frame.rightVectors().transpose());
  }

  static List<DenseMatrix> all(int m, int n) {
    List<DenseMatrix> all = new ArrayList<>();
    DenseMatrix random = random(m, n, 1);
    all.add(random);
    all.add(random.times(0));
    all.add(withValues(m, n, 2, j -> 1));
    all.add(withValues(m, n, 3, j -> j == 0 ? 1 : 1e-8));
    all.add(withValues(m, n, 4, j -> j < (n + 1) / 2 ? 1 : 1e-3 + 1e-14 * j));
    all.add(withValues(m, n, 5, j -> Math.pow(10, -3 * j)));
    all.add(withValues(m, n, 6, j -> j == 0 ? 1 : 0));
    all.add(ofElements(m, n, (i, j) -> 1.0 / (i + j + 1)));
    all.add(ofElements(m, n, (i, j) -> 1));
    all.add(ofElements(m, n, (i, j) -> i == j ? 1 : 0));
    all.add(ofElements(m, n, (i, j) -> i == j % 2 ? 1 + j : 0));
    all.add(ofElements(m, n, (i, j) -> j % 3 == 1 || i % 4 == 2 ? 0 : random.get(i, j)));
    all.add(ofElements(m, n, (i, j) -> Math.pow(0.8, i) * (i == j ? 1 : i < j ? -0.6 : 0)));
    all.add(ofElements(m, n, (i, j) -> i == j ? i % 2 : j == i + 1 ? (i + 1) % 3 : 0));
    all.add(ofElements(m, n, (i, j) -> random.get(i, j) * Math.scalb(1.0, -60 * i)));
    all.add(ofElements(m, n, (i, j) -> random.get(i, j) * Math.scalb(1.0, 60 * (j % 7) - 200)));
    all.add(ofElements(m, n, (i, j) -> random.get(i, j) * Math.scalb(1.0, -250 * (j % 4))));
    all.add(ofElements(m, n, (i, j) -> random.get(i, j) * 3e-309));
    all.add(ofElements(m, n, (i, j) -> i == j ? Double.MIN_VALUE : 0));
    all.add(ofElements(m, n, (i, j) -> random.get(i, j) * 1e305));
    return all;
  }
}
