package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * W = Σⱼ λⱼ^(−1/2) vⱼvⱼᵀ over the eigenvectors of one group's covariance that are kept.
 *
 * @param pass the decomposition of the covariance
 * @param kept how many of its leading pairs enter W
 * @param matrix W, d×d
 */
record GroupWhitening(DifferentiableEigen.Pass pass, int kept, DenseMatrix matrix) {

  static GroupWhitening of(
      DenseMatrix covariance, ZcaWhitening.Settings settings, DifferentiableEigen eigen) {
    int d = covariance.rows();
    DifferentiableEigen.Pass pass = eigen.forward(covariance, d);
    double[] values = pass.values();
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += covariance.get(i, i);
    }
    int kept = settings.retention().count(values, trace, settings.epsilon());
    double[] v = pass.vectors().columnMajor();
    double[] whitening = new double[d * d];
    for (int j = 0; j < kept; j++) {
      if (!(values[j] > 0)) {
        throw new NonFiniteException(
            "eigenvalue "
                + j
                + " of a covariance is "
                + values[j]
                + ", which has no inverse square root: raise epsilon, now "
                + settings.epsilon());
      }
      double[] vj = Arrays.copyOfRange(v, j * d, (j + 1) * d);
      Kernels.active().ger(d, d, 1 / Math.sqrt(values[j]), vj, 0, vj, 0, whitening, 0, d);
    }
    return new GroupWhitening(pass, kept, DenseMatrix.wrap(d, d, whitening));
  }

  /**
   * The cotangent of the covariance.
   *
   * @param s sym(∂L/∂W), d×d
   * @return ∂L/∂M, d×d
   */
  DenseMatrix backward(DenseMatrix s) {
    Kernels kernels = Kernels.active();
    int d = s.rows();
    double[] values = pass.values();
    double[] v = pass.vectors().columnMajor();
    double[] valueCotangent = new double[values.length];
    double[] vectorCotangent = new double[v.length];
    for (int j = 0; j < kept; j++) {
      double inverseRoot = 1 / Math.sqrt(values[j]);
      int column = j * d;
      kernels.gemv(
          d, d, 2 * inverseRoot, s.columnMajor(), 0, d, v, column, 0, vectorCotangent, column);
      // vᵀSv is v·(2λ^(−1/2)Sv) divided by 2λ^(−1/2).
      valueCotangent[j] = -0.25 / values[j] * kernels.dot(d, v, column, vectorCotangent, column);
    }
    return pass.backward(
        Cotangents.finiteResult("∂L/∂λ", 1, valueCotangent).columnMajor(),
        Cotangents.finiteResult("∂L/∂V", d, vectorCotangent));
  }
}
