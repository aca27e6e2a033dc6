package eigengrad.bench.hostile;

import eigengrad.linalg.DenseMatrix;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A symmetric tridiagonal matrix.
 *
 * @param d n diagonal elements
 * @param e n − 1 off-diagonal elements
 */
@SuppressWarnings("ArrayRecordComponent") // only read
public record Tridiagonal(double[] d, double[] e) {

  static Tridiagonal of(int n, IntToDoubleFunction d, IntToDoubleFunction e) {
    return new Tridiagonal(
        IntStream.range(0, n).mapToDouble(d).toArray(),
        IntStream.range(0, n - 1).mapToDouble(e).toArray());
  }

  /**
   * What a random symmetric matrix with normally distributed elements is reduced to: normally
   * distributed elements on the diagonal, beside it the lengths of normal vectors.
   */
  static Tridiagonal random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return of(
        n,
        i -> Math.sqrt(2) * random.nextGaussian(),
        i ->
            Math.sqrt(
                IntStream.range(i + 1, n)
                    .mapToDouble(k -> random.nextGaussian())
                    .map(x -> x * x)
                    .sum()));
  }

  /**
   * The matrix with its zeros.
   *
   * @return n×n elements
   */
  public DenseMatrix dense() {
    int n = d.length;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i + i * n] = d[i];
      if (i > 0) {
        a[i - 1 + i * n] = e[i - 1];
        a[i + (i - 1) * n] = e[i - 1];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }
}
