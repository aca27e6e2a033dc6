package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenpairs of a symmetric matrix, largest |λ| first.
 *
 * @param values λ, n
 * @param vectors V, n×n: column j belongs to value j
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record Spectrum(double[] values, DenseMatrix vectors) {

  /** The pairs as a precision holds them. */
  static Spectrum of(Eigendecomposition eigen, Precision precision) {
    int n = eigen.order();
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.abs(eigen.value(j))))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = eigen.value(order[j]);
      System.arraycopy(eigen.vectors().columnMajor(), order[j] * n, vectors, j * n, n);
    }
    return new Spectrum(
        Stored.of(values, precision), DenseMatrix.wrap(n, n, Stored.of(vectors, precision)));
  }

  /**
   * ∂L/∂M of L = ⟨S, f(M)⟩ by the theorem of Daleckiĭ and Kreĭn, V (F ∘ (VᵀSV)) Vᵀ with F the
   * divided differences of f: exact but for rounding, ties included.
   *
   * @param function f
   * @param cotangent S, symmetric
   * @param precision in which every intermediate is stored
   */
  DenseMatrix gradient(MatrixFunction function, DenseMatrix cotangent, Precision precision) {
    int n = values.length;
    DenseMatrix transposed = vectors.transpose();
    DenseMatrix image = Stored.of(transposed.times(Stored.of(cotangent, precision)), precision);
    double[] core = Stored.of(image.times(vectors), precision).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        core[i + j * n] *= Stored.of(function.dividedDifference(values, i, j), precision);
      }
    }
    DenseMatrix weighed = DenseMatrix.wrap(n, n, Stored.of(core, precision));
    DenseMatrix half = Stored.of(vectors.times(weighed), precision);
    return Stored.of(half.times(transposed).symmetricPart(), precision);
  }
}
