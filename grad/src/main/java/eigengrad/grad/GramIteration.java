package eigengrad.grad;

import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import java.util.concurrent.CancellationException;

/**
 * Gram iteration: an upper bound of the spectral norm ‖W‖₂ by products alone, smooth in W.
 *
 * <p>G ← GᵀG squares the singular values, so after N steps from W the Frobenius norm of G, taken to
 * the power 2^(−N), is the Schatten norm of order p = 2^(N + 1):
 *
 * <pre>b = (Σᵢ σᵢ^p)^(1/p),   σ₁ ≤ b ≤ n^(1/p) σ₁,   ∂b/∂W = Σᵢ (σᵢ/b)^(p − 1) uᵢvᵢᵀ.</pre>
 *
 * <p>With a gap it converges as (σ₂/σ₁)^p/p, faster than any power of a fixed ratio. G is divided
 * by its norm at every step, the logarithm kept, and W scaled by a power of two, so nothing
 * overflows but perhaps b itself. The gradient is that of b, not of ‖W‖₂: it exists where σ₁ is
 * repeated, is W(WᵀW)^(p/2 − 1)/b^(p − 1), and as p/2 − 1 = 1 + 2 + … + 2^(N − 1), (WᵀW)^(p/2 − 1)
 * is the product of all iterates.
 *
 * <p>Cost for m×n, n ≤ m: mn² + (N − 1)n³ flops; backward Nn³ and 2mn². Source: B. Delattre, Q.
 * Barthélemy, A. Araujo, A. Allauzen, <i>Efficient Bound of Lipschitz Constant for Convolutional
 * Layers by Gram Iteration</i>, ICML 2023, algorithm 1.
 *
 * @param iterations N, 1 to 40; the bound is at most a factor n^(1/2^(N+1)) too large. An iteration
 *     doubles the relative rounding error of the gradient's weights, from u at first
 */
public record GramIteration(int iterations) {
  private static final int MOST_ITERATIONS = 40;

  /**
   * Checks N.
   *
   * @throws IllegalArgumentException if N is not between 1 and 40
   */
  public GramIteration {
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "iterations must be between 1 and " + MOST_ITERATIONS + ", got " + iterations);
    }
  }

  /**
   * The bound for a matrix.
   *
   * @param matrix W, m×n; not modified
   * @return the pass
   * @throws IllegalArgumentException if W is not finite
   * @throws NonFiniteException if the bound overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public Pass forward(DenseMatrix matrix) {
    Cotangents.require("matrix", matrix.rows(), matrix.columns(), matrix);
    Scaling scaling = Scaling.of(matrix);
    DenseMatrix scaled = scaling.apply(matrix);
    double norm = scaled.frobeniusNorm();
    Caller caller = Caller.current();
    DenseMatrix[] iterates = new DenseMatrix[norm > 0 ? iterations : 0];
    double[] logNorms = new double[iterates.length];
    double logBound = 0;
    DenseMatrix g = tall(norm > 0 ? scaled.times(1 / norm) : scaled);
    for (int k = 0; k < iterates.length; k++) {
      caller.requireNotInterrupted();
      DenseMatrix gram = SymmetricProducts.gram(g);
      double gramNorm = gram.frobeniusNorm();
      logNorms[k] = Math.log(gramNorm);
      logBound += Math.scalb(logNorms[k], -(k + 1));
      g = gram.times(1 / gramNorm);
      iterates[k] = g;
    }
    return new Pass(scaled, norm, norm * Math.exp(logBound), scaling, iterates, logNorms);
  }

  private static DenseMatrix tall(DenseMatrix matrix) {
    return matrix.rows() >= matrix.columns() ? matrix : matrix.transpose();
  }

  /** The bound and its gradient. Immutable. */
  public static final class Pass {
    /** W scaled, its largest element near 1. */
    private final DenseMatrix scaled;

    /** ‖W‖_F, scaled like W. */
    private final double norm;

    /** b, scaled like W. */
    private final double scaledBound;

    private final double bound;
    private final DenseMatrix[] iterates;
    private final double[] logNorms;

    private Pass(
        DenseMatrix scaled,
        double norm,
        double scaledBound,
        Scaling scaling,
        DenseMatrix[] iterates,
        double[] logNorms) {
      this.scaled = scaled;
      this.norm = norm;
      this.scaledBound = scaledBound;
      this.bound = scaling.undone(scaledBound);
      if (!(bound <= Double.MAX_VALUE)) {
        throw new NonFiniteException("the bound exceeds the largest double");
      }
      this.iterates = iterates;
      this.logNorms = logNorms;
    }

    /**
     * The bound.
     *
     * @return b ≥ ‖W‖₂, up to a few rounding errors; 0 for W = 0
     */
    public double bound() {
      return bound;
    }

    /**
     * The gradient of the bound.
     *
     * @return ∂b/∂W, m×n, of spectral norm at most 1; 0 for W = 0, where there is none
     * @throws CancellationException if the calling thread is interrupted
     */
    public DenseMatrix gradient() {
      Caller caller = Caller.current();
      if (norm == 0) {
        return scaled;
      }
      int last = iterates.length - 1;
      DenseMatrix product = iterates[last];
      // log of ‖Gₖ‖_F/b^(2^k), from the last iterate, where it is 0, to the first.
      double logScale = 0;
      for (int k = last - 1; k >= 0; k--) {
        caller.requireNotInterrupted();
        logScale = 0.5 * (logScale - logNorms[k + 1]);
        product = SymmetricProducts.commuting(product, iterates[k]).times(Math.exp(logScale));
      }
      DenseMatrix w = scaled.times(1 / scaledBound);
      return w.rows() >= w.columns() ? w.times(product) : product.times(w);
    }

    /**
     * How far the bound is from ‖W‖₂, taken from the eigenvalues of the smaller Gram matrix.
     *
     * @return b/‖W‖₂ − 1; 0 for W = 0
     * @throws CancellationException if the calling thread is interrupted
     */
    public double relativeError() {
      Caller.current();
      if (norm == 0) {
        return 0;
      }
      DenseMatrix unit = tall(scaled.times(1 / norm));
      double[] squares = SymmetricEigen.values(SymmetricProducts.gram(unit));
      return scaledBound / norm / Math.sqrt(squares[squares.length - 1]) - 1;
    }
  }
}
