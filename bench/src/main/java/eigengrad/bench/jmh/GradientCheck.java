package eigengrad.bench.jmh;

import eigengrad.linalg.DenseMatrix;

/** What a result must agree with before it is timed. */
final class GradientCheck {
  private static final double TOLERANCE = 1e-10;

  private GradientCheck() {}

  /**
   * Requires the identity.
   *
   * @throws IllegalStateException if an element is off by more than rounding
   */
  static void requireIdentity(DenseMatrix matrix) {
    requireEqual("the identity", DenseMatrix.identity(matrix.rows()), matrix);
  }

  /**
   * Requires every element of a matrix.
   *
   * @param name for the message
   * @param expected by another route
   * @param actual by what is timed
   * @throws IllegalStateException if an element is off by more than rounding, relative to the
   *     largest
   */
  static void requireEqual(String name, DenseMatrix expected, DenseMatrix actual) {
    double error = actual.minus(expected).maxAbs() / expected.maxAbs();
    if (!(error <= TOLERANCE)) {
      throw new IllegalStateException("%s is off by %s".formatted(name, error));
    }
  }

  /**
   * ∂L/∂M = sym(V(F ∘ (VᵀG) + diag(g))Vᵀ) as the formula stands, product by product: M. B. Giles,
   * <i>An extended collection of matrix derivative results</i>, 2008, section 3.1.
   *
   * @param values λ
   * @param vectors V
   * @param formula Fᵢⱼ stands for 1/(λⱼ − λᵢ)
   * @param valueCotangent g
   * @param vectorCotangent G
   */
  static DenseMatrix gradient(
      double[] values,
      DenseMatrix vectors,
      GapFormula formula,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = values.length;
    double norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    double[] inner = NaiveProduct.of(vectors.transpose(), vectorCotangent).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        if (i == j) {
          inner[i + j * n] = valueCotangent[j];
        } else if (inner[i + j * n] != 0) {
          inner[i + j * n] *= formula.between(values[j], values[i], norm);
        }
      }
    }
    return congruence(vectors, DenseMatrix.wrap(n, n, inner)).symmetricPart();
  }

  /** VXVᵀ. */
  static DenseMatrix congruence(DenseMatrix vectors, DenseMatrix x) {
    return NaiveProduct.of(NaiveProduct.of(vectors, x), vectors.transpose());
  }
}
