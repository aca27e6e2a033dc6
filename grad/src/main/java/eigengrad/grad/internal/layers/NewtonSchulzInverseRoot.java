package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.simd.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * The coupled Newton–Schulz iteration for M^(−1/2), differentiated step by step.
 *
 * <p>Forward, from t = tr M, Y = S = M/t and Z = I: Q = ½(3I − ZY), Y ← YQ, Z ← QZ; then W = Z/√t.
 *
 * <p>Backward, from G_Z = ∂L/∂W/√t and G_Y = 0, a step of which Y, Z and Q are kept:
 *
 * <pre>G_Q = YᵀG_Y + G_Z Zᵀ,   G_Y ← G_Y Qᵀ − ½ZᵀG_Q,   G_Z ← QᵀG_Z − ½G_Q Yᵀ;</pre>
 *
 * <p>in the end G_Y = ∂L/∂S and
 *
 * <pre>∂L/∂M = (sym G_Y − (⟨G_Y, S⟩ + ½⟨∂L/∂W, W⟩)I)/t.</pre>
 *
 * @param steps T ≥ 1
 */
public record NewtonSchulzInverseRoot(int steps) implements InverseSquareRoot {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if steps &lt; 1
   */
  public NewtonSchulzInverseRoot {
    Arguments.requirePositive("steps", steps);
  }

  @Override
  public InverseSquareRoot.Pass forward(DenseMatrix[] covariances, double epsilon) {
    Covariances.requireOneOrder(covariances);
    return EachAlone.of(covariances, this::single);
  }

  private Iterates single(DenseMatrix covariance) {
    DenseMatrix m = covariance.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    int d = m.rows();
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += m.get(i, i);
    }
    if (!(trace > 0 && trace <= Double.MAX_VALUE)) {
      throw new NonFiniteException(
          "the trace of a covariance is %s, but must be positive and finite".formatted(trace));
    }
    double[] unit = m.toArray();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= trace;
    }
    return iterate(DenseMatrix.wrap(d, d, unit), trace);
  }

  private Iterates iterate(DenseMatrix unit, double trace) {
    List<Step> taken = new ArrayList<>();
    DenseMatrix threeHalves = DenseMatrix.identity(unit.rows()).times(1.5);
    DenseMatrix y = unit;
    DenseMatrix z = DenseMatrix.identity(unit.rows());
    Caller caller = Caller.current();
    for (int k = 0; k < steps; k++) {
      caller.requireNotInterrupted();
      Step step = new Step(y, z, threeHalves.plusScaled(-0.5, z.times(y)));
      taken.add(step);
      y = y.times(step.q());
      z = step.q().times(z);
    }
    DenseMatrix w = z.symmetricPart().times(1 / Math.sqrt(trace));
    return new Iterates(taken, trace, Cotangents.finiteResult("W", unit.rows(), w.columnMajor()));
  }

  /**
   * What a step started from.
   *
   * @param y Y
   * @param z Z
   * @param q ½(3I − ZY)
   */
  private record Step(DenseMatrix y, DenseMatrix z, DenseMatrix q) {}

  /**
   * The steps for one group.
   *
   * @param steps in order, at least one
   * @param trace t
   * @param matrix W
   */
  private record Iterates(List<Step> steps, double trace, DenseMatrix matrix)
      implements EachAlone.Group {

    @Override
    public DenseMatrix backward(DenseMatrix cotangent) {
      int d = matrix.rows();
      Covariances.requireCotangent(d, cotangent);
      DenseMatrix gradientZ = cotangent.times(1 / Math.sqrt(trace));
      DenseMatrix gradientY = DenseMatrix.wrap(d, d, new double[d * d]);
      Caller caller = Caller.current();
      for (int k = steps.size() - 1; k >= 0; k--) {
        caller.requireNotInterrupted();
        DenseMatrix yt = steps.get(k).y().transpose();
        DenseMatrix zt = steps.get(k).z().transpose();
        DenseMatrix qt = steps.get(k).q().transpose();
        DenseMatrix gradientQ = yt.times(gradientY).plus(gradientZ.times(zt));
        gradientY = gradientY.times(qt).plusScaled(-0.5, zt.times(gradientQ));
        gradientZ = qt.times(gradientZ).plusScaled(-0.5, gradientQ.times(yt));
      }
      double ofTrace = inner(gradientY, steps.get(0).y()) + 0.5 * inner(cotangent, matrix);
      double[] gradient = gradientY.symmetricPart().toArray();
      for (int i = 0; i < gradient.length; i++) {
        boolean diagonal = i % (d + 1) == 0;
        gradient[i] = (diagonal ? gradient[i] - ofTrace : gradient[i]) / trace;
      }
      return Cotangents.finiteResult("∂L/∂M", d, gradient);
    }

    private static double inner(DenseMatrix a, DenseMatrix b) {
      double[] x = a.columnMajor();
      return Kernels.level1().dot(x.length, x, 0, b.columnMajor(), 0);
    }
  }
}
