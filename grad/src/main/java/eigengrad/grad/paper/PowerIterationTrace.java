package eigengrad.grad.paper;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Kernels;
import java.util.concurrent.CancellationException;

/**
 * K steps of power iteration on one matrix, remembered so that they can be differentiated.
 *
 * <p>Forward: v⁽⁰⁾ = start/‖start‖, v⁽ᵏ⁺¹⁾ = Mv⁽ᵏ⁾/‖Mv⁽ᵏ⁾‖, v = v⁽ᴷ⁾, λ = vᵀMv; then the deflated
 * matrix M − Mvvᵀ. With D its cotangent, backward goes through the deflation,
 *
 * <pre>∂L/∂M = D − Dvvᵀ,   ∂L/∂v ← ∂L/∂v − MᵀDv − DᵀMv,</pre>
 *
 * through the Rayleigh quotient,
 *
 * <pre>∂L/∂M ← ∂L/∂M + ∂L/∂λ·vvᵀ,   ∂L/∂v ← ∂L/∂v + ∂L/∂λ·(M + Mᵀ)v,</pre>
 *
 * and through the steps, last to first,
 *
 * <pre>p = (I − v⁽ᵏ⁺¹⁾v⁽ᵏ⁺¹⁾ᵀ)/‖Mv⁽ᵏ⁾‖ · ∂L/∂v⁽ᵏ⁺¹⁾,   ∂L/∂M ← ∂L/∂M + p v⁽ᵏ⁾ᵀ,   ∂L/∂v⁽ᵏ⁾ = Mᵀp.
 * </pre>
 *
 * <p>M is not taken to be symmetric: after deflation by an inexact vector it is not.
 */
final class PowerIterationTrace {
  private final int n;
  private final double[] m;
  private final int iterations;
  private final Rounding rounding;

  /** v⁽⁰⁾ … v⁽ᴷ⁾, one column each. */
  private final double[] iterates;

  /** ‖Mv⁽ᵏ⁾‖ for k &lt; K. */
  private final double[] norms;

  private final double[] image;
  private double value;
  private boolean vanished;

  private PowerIterationTrace(int n, double[] m, int iterations, Rounding rounding) {
    this.n = n;
    this.m = m;
    this.iterations = iterations;
    this.rounding = rounding;
    this.iterates =
        new double[ArraySize.of("iterates", n, iterations + 1L, "ask for fewer iterations K")];
    this.norms = new double[iterations];
    this.image = new double[n];
  }

  /**
   * Runs the forward pass.
   *
   * @param n order
   * @param m n×n; kept, not modified
   * @param start n elements
   * @param iterations K ≥ 1
   * @param rounding of what is stored
   * @param caller whose interrupt ends the iteration
   * @return the trace; {@link #vanished} if an iterate became zero
   * @throws NonFiniteException if an iterate or the value overflows
   * @throws CancellationException if the caller is interrupted
   */
  static PowerIterationTrace run(
      int n, double[] m, double[] start, int iterations, Rounding rounding, Caller caller) {
    PowerIterationTrace trace = new PowerIterationTrace(n, m, iterations, rounding);
    trace.iterate(start, caller);
    return trace;
  }

  private void iterate(double[] start, Caller caller) {
    vanished = storeNormalized(start, 0) == 0;
    for (int k = 0; k < iterations && !vanished; k++) {
      caller.requireNotInterrupted();
      multiply(k);
      norms[k] = storeNormalized(image, k + 1);
      vanished = norms[k] == 0;
    }
    multiply(iterations);
    value = rounding.round(Kernels.level1().dot(n, iterates, last(), image, 0));
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw overflow("an eigenvalue is " + value);
    }
  }

  private static NonFiniteException overflow(String what) {
    return new NonFiniteException("power iteration overflowed: " + what);
  }

  /** image ← Mv⁽ᵏ⁾. */
  private void multiply(int k) {
    Kernels.level2().gemv(n, n, 1, m, 0, n, iterates, k * n, 0, image, 0);
    rounding.round(image);
  }

  /** Stores x/‖x‖ as iterate k; returns ‖x‖. */
  private double storeNormalized(double[] x, int k) {
    double norm = rounding.round(Kernels.level1().norm(n, x, 0));
    if (!(norm <= Double.MAX_VALUE)) {
      throw overflow("an iterate has norm " + norm);
    }
    if (norm > 0) {
      for (int i = 0; i < n; i++) {
        iterates[k * n + i] = rounding.round(x[i] / norm);
      }
    }
    return norm;
  }

  /** Whether Mv was exactly zero on the way, so that there is no vector. */
  boolean vanished() {
    return vanished;
  }

  double value() {
    return value;
  }

  void copyVector(double[] target, int offset) {
    System.arraycopy(iterates, last(), target, offset, n);
  }

  /** M − Mvvᵀ, in a new array. */
  double[] deflated() {
    double[] result = m.clone();
    Kernels.level2().ger(n, n, -1, image, 0, iterates, last(), result, 0, n);
    rounding.round(result);
    return result;
  }

  /**
   * The cotangent of M.
   *
   * @param valueCotangent ∂L/∂λ
   * @param vectorCotangent ∂L/∂v; used as scratch
   * @param deflatedCotangent D; taken over and returned with the gradient in it
   * @param caller whose interrupt ends the way back
   * @return ∂L/∂M, n×n, not symmetric
   * @throws CancellationException if the caller is interrupted
   */
  double[] backward(
      double valueCotangent, double[] vectorCotangent, double[] deflatedCotangent, Caller caller) {
    double[] gradient = deflatedCotangent;
    throughDeflation(vectorCotangent, gradient);
    throughValue(valueCotangent, vectorCotangent, gradient);
    throughSteps(vectorCotangent, gradient, caller);
    return gradient;
  }

  private void throughDeflation(double[] vBar, double[] gradient) {
    double[] dv = new double[n];
    Kernels.level2().gemv(n, n, 1, gradient, 0, n, iterates, last(), 0, dv, 0);
    rounding.round(dv);
    Kernels.level2().gemvTransposed(n, n, -1, m, 0, n, dv, 0, 1, vBar, 0);
    Kernels.level2().gemvTransposed(n, n, -1, gradient, 0, n, image, 0, 1, vBar, 0);
    Kernels.level2().ger(n, n, -1, dv, 0, iterates, last(), gradient, 0, n);
    rounding.round(vBar);
    rounding.round(gradient);
  }

  private void throughValue(double valueCotangent, double[] vBar, double[] gradient) {
    Kernels.level1().axpy(n, valueCotangent, image, 0, vBar, 0);
    Kernels.level2().gemvTransposed(n, n, valueCotangent, m, 0, n, iterates, last(), 1, vBar, 0);
    Kernels.level2().ger(n, n, valueCotangent, iterates, last(), iterates, last(), gradient, 0, n);
    rounding.round(vBar);
  }

  private void throughSteps(double[] vBar, double[] gradient, Caller caller) {
    double[] p = vBar.clone();
    double[] next = vBar;
    for (int k = iterations - 1; k >= 0; k--) {
      caller.requireNotInterrupted();
      int after = (k + 1) * n;
      double along = Kernels.level1().dot(n, iterates, after, p, 0);
      Kernels.level1().axpy(n, -along, iterates, after, p, 0);
      for (int i = 0; i < n; i++) {
        p[i] /= norms[k];
      }
      rounding.round(p);
      Kernels.level2().ger(n, n, 1, p, 0, iterates, k * n, gradient, 0, n);
      Kernels.level2().gemvTransposed(n, n, 1, m, 0, n, p, 0, 0, next, 0);
      rounding.round(next);
      double[] swapped = p;
      p = next;
      next = swapped;
    }
    rounding.round(gradient);
  }

  private int last() {
    return iterations * n;
  }
}
