package eigengrad.grad.roots;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Ridge;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.simd.Transpose;
import java.util.concurrent.CancellationException;

/**
 * Solves the Lyapunov equation BX + XB = C for a symmetric positive definite B and a symmetric C.
 *
 * <p>It is what differentiates a square root: from B² = A, B dB + dB B = dA, and the map from dA to
 * dB is its own adjoint.
 */
public sealed interface LyapunovSolver {

  /**
   * Solves the equation.
   *
   * @param b B, n×n symmetric positive definite
   * @param c C, n×n symmetric
   * @return X, exactly symmetric
   * @throws IllegalArgumentException if shapes do not match, something is not finite, B is not
   *     symmetric positive definite or C not symmetric
   * @throws NonFiniteException if X overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  DenseMatrix solve(DenseMatrix b, DenseMatrix c);

  /**
   * Through the eigendecomposition of B: Xᵢⱼ = Cᵢⱼ/(λᵢ + λⱼ) in its basis. The reference; 6n³ flops
   * and a decomposition.
   *
   * @return the solver
   */
  static LyapunovSolver exact() {
    return new Exact();
  }

  /**
   * By products alone: Newton–Schulz for the sign of a block matrix.
   *
   * @param iterations T ≥ 1
   * @return the solver
   * @throws IllegalArgumentException if T &lt; 1
   */
  static LyapunovSolver sign(int iterations) {
    return new Sign(iterations);
  }

  /** See {@link LyapunovSolver#exact()}. */
  record Exact() implements LyapunovSolver {
    @Override
    public DenseMatrix solve(DenseMatrix b, DenseMatrix c) {
      b.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
      Scaling ofB = Scaling.of(b);
      Eigendecomposition eigen = SymmetricEigen.decompose(ofB.apply(b));
      int n = eigen.size();
      requireSymmetric(n, c);
      requirePositiveDefinite(eigen, ofB);
      Scaling ofC = Scaling.of(c);
      DenseMatrix v = eigen.vectors();
      double[] core = SymmetricProducts.congruence(Transpose.YES, v, ofC.apply(c)).toArray();
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          core[i + j * n] /= eigen.value(i) + eigen.value(j);
        }
      }
      DenseMatrix x = SymmetricProducts.congruence(Transpose.NO, v, DenseMatrix.wrap(n, n, core));
      return unscaled(x, ofB, ofC);
    }

    private static void requirePositiveDefinite(Eigendecomposition eigen, Scaling scaling) {
      int n = eigen.size();
      if (n > 0 && !(eigen.value(0) > 0)) {
        double smallest = scaling.undone(eigen.value(0));
        double ridge = Ridge.enough(smallest, scaling.undone(eigen.value(n - 1)));
        throw new IllegalArgumentException(
            "matrix must be positive definite, but eigenvalue 0 is "
                + smallest
                + ": "
                + Ridge.advice(ridge, "εI with ε = %s"));
      }
    }
  }

  /**
   * The iteration of <i>Fast Differentiable Matrix Square Root</i>.
   *
   * <p>The sign of the block matrix [B C; 0 −B] is [I 2X; 0 −I]. Newton–Schulz for it, from B and C
   * divided by ‖B‖_F, is
   *
   * <pre>B ← ½B(3I − B²),   C ← ½(3C − B²C − CB² + BCB),</pre>
   *
   * and X is half the last C. The part of X between eigenvalues λ and μ converges as the slower of
   * the two: λ/‖B‖_F grows by a factor of 3/2 per iteration until it is near 1, then quadratically.
   * About 7n³ flops per iteration. Source: Y. Song, N. Sebe, W. Wang, ICLR 2022, section 3.2; J. D.
   * Roberts, 1980.
   *
   * @param iterations T ≥ 1
   */
  record Sign(int iterations) implements LyapunovSolver {
    /**
     * Checks T.
     *
     * @throws IllegalArgumentException if T &lt; 1
     */
    public Sign {
      Arguments.requirePositive("iterations", iterations);
    }

    @Override
    public DenseMatrix solve(DenseMatrix b, DenseMatrix c) {
      ScaledDefinite scaled = ScaledDefinite.of(b);
      requireSymmetric(b.rows(), c);
      Caller caller = Caller.current();
      Scaling ofC = Scaling.of(c);
      DenseMatrix bk = scaled.unit();
      DenseMatrix ck = ofC.apply(c).times(1 / scaled.norm());
      for (int k = 0; k < iterations; k++) {
        caller.requireNotInterrupted();
        DenseMatrix square = SymmetricProducts.commuting(bk, bk);
        DenseMatrix half = square.times(ck);
        ck =
            ck.times(1.5)
                .minus(half.symmetricPart())
                .plusScaled(0.5, SymmetricProducts.congruence(Transpose.NO, bk, ck));
        bk = bk.times(1.5).plusScaled(-0.5, SymmetricProducts.commuting(bk, square));
      }
      return unscaled(ck.times(0.5), scaled.scaling(), ofC);
    }
  }

  /** X from that of the equation whose B and C were scaled. */
  private static DenseMatrix unscaled(DenseMatrix x, Scaling ofB, Scaling ofC) {
    DenseMatrix result = new Scaling(ofC.exponent() - ofB.exponent()).undo(x);
    return x.rows() == 0
        ? result
        : Cotangents.finiteResult("X", result.rows(), result.columnMajor());
  }

  private static void requireSymmetric(int n, DenseMatrix c) {
    Cotangents.require("right-hand side", n, n, c);
    c.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
  }
}
