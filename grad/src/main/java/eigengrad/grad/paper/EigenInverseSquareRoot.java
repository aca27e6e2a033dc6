package eigengrad.grad.paper;

import eigengrad.grad.internal.layers.Covariances;
import eigengrad.grad.internal.layers.EachAlone;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * W = Σⱼ λⱼ^(−1/2) vⱼvⱼᵀ over the eigenvectors that are kept, differentiated through them.
 *
 * <p>Backward, S the symmetric cotangent of W,
 *
 * <pre>∂L/∂vⱼ = 2λⱼ^(−1/2) S vⱼ,   ∂L/∂λⱼ = −½λⱼ^(−3/2) vⱼᵀ S vⱼ,</pre>
 *
 * which the method carries back to M. With all vectors kept W is smooth, but no route through
 * single eigenvectors is exact at a tie: the analytic one is 0/0 there, a bounded one misses the
 * derivative within the tie.
 *
 * @param eigen how M is decomposed and differentiated
 * @param retention which eigenvectors are kept
 */
public record EigenInverseSquareRoot(DifferentiableEigen eigen, Retention retention)
    implements InverseSquareRoot {

  @Override
  public InverseSquareRoot.Pass forward(DenseMatrix[] covariances, double epsilon) {
    Covariances.requireOneOrder(covariances);
    int order = covariances.length == 0 ? 0 : covariances[0].rows();
    DifferentiableEigen.Pass[] passes = eigen.forward(covariances, order);
    EachAlone.Group[] groups = new EachAlone.Group[passes.length];
    Arrays.setAll(groups, g -> single(covariances[g], passes[g], epsilon));
    return new EachAlone(groups);
  }

  private EachAlone.Group single(
      DenseMatrix covariance, DifferentiableEigen.Pass pass, double epsilon) {
    int d = covariance.rows();
    double[] values = pass.values();
    int kept = retention.count(values, covariance, epsilon);
    double[] v = pass.vectors().columnMajor();
    double[] w = new double[d * d];
    for (int j = 0; j < kept; j++) {
      double[] vj = Arrays.copyOfRange(v, j * d, (j + 1) * d);
      Kernels.level2().ger(d, d, inverseRoot(values[j]), vj, 0, vj, 0, w, 0, d);
    }
    return new EigenPass(pass, kept, DenseMatrix.wrap(d, d, w));
  }

  /** 1/√λ of an eigenvalue that is kept. */
  private static double inverseRoot(double value) {
    if (!(value > 0)) {
      throw Covariances.noInverseRoot(
          value, "keep fewer by Retention.ABOVE_EPSILON, or raise epsilon");
    }
    return 1 / Math.sqrt(value);
  }

  /**
   * The decomposition.
   *
   * @param pass of the method
   * @param kept how many of its leading pairs enter W
   * @param matrix W
   */
  private record EigenPass(DifferentiableEigen.Pass pass, int kept, DenseMatrix matrix)
      implements EachAlone.Group {

    @Override
    public DenseMatrix backward(DenseMatrix s) {
      int d = s.rows();
      double[] values = pass.values();
      double[] v = pass.vectors().columnMajor();
      double[] valueCotangent = new double[values.length];
      double[] vectorCotangent = new double[v.length];
      for (int j = 0; j < kept; j++) {
        double inverseRoot = inverseRoot(values[j]);
        int column = j * d;
        Kernels.level2()
            .gemv(
                d,
                d,
                2 * inverseRoot,
                s.columnMajor(),
                0,
                d,
                v,
                column,
                0,
                vectorCotangent,
                column);
        // vᵀSv is v·(2λ^(−1/2)Sv) divided by 2λ^(−1/2).
        valueCotangent[j] =
            -0.25 * Kernels.level1().dot(d, v, column, vectorCotangent, column) / values[j];
      }
      return pass.backward(
          Cotangents.finiteResult("∂L/∂λ", 1, valueCotangent).columnMajor(),
          Cotangents.finiteResult("∂L/∂V", d, vectorCotangent));
    }
  }
}
