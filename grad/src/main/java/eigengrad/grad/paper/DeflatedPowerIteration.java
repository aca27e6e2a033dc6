package eigengrad.grad.paper;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Scaling;
import eigengrad.simd.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Power iteration with deflation, differentiated through its own steps: "PI" in the paper.
 *
 * <p>Forward, for each pair: K steps from a start, the Rayleigh quotient, and M ← M − Mvvᵀ.
 * Backward is the exact derivative of just that, converged or not; {@link PowerIterationTrace} has
 * the formulas.
 *
 * <p>Where |λ₂/λ₁| is near 1 the vectors are inaccurate, and each deflation hands its error on.
 *
 * <p>Cost for k pairs: 2kKn² flops forward, 4kKn² backward; k matrices of n² doubles are kept.
 * Source: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019, section
 * 2.2 and equations 2 to 4.
 */
final class DeflatedPowerIteration implements DifferentiableEigen {
  private final int iterations;
  private final Starts starts;
  private final Rounding rounding;

  DeflatedPowerIteration(int iterations, Starts starts, Rounding rounding) {
    Arguments.requirePositive("iterations K", iterations);
    this.iterations = iterations;
    this.starts = starts;
    this.rounding = rounding;
  }

  /** Where the iteration for each vector starts. */
  @FunctionalInterface
  interface Starts {
    /**
     * The starts for one matrix.
     *
     * @param matrix n×n
     * @param count k
     * @return the start of vector j &lt; k, n elements, asked for once each in ascending order
     */
    IntFunction<double[]> of(DenseMatrix matrix, int count);
  }

  /** Starts of independent normal elements. */
  static Starts random(RandomGenerator random) {
    return (matrix, count) ->
        j -> DoubleStream.generate(random::nextGaussian).limit(matrix.rows()).toArray();
  }

  /** Starts at the exact eigenvectors. */
  static Starts exact(Rounding rounding) {
    return (matrix, count) ->
        new ExactEigen(InverseGap.analytic(), rounding).forward(matrix, count).vectors()::column;
  }

  /** In double, everything is scaled by a power of two, which changes no digit of it. */
  private Scaling scaling(double largest) {
    return rounding == Rounding.NONE ? Scaling.forLargest(largest) : new Scaling(0);
  }

  private double[] start(double[] given) {
    return scaling(Kernels.level1().maxAbs(given.length, given, 0)).apply(given);
  }

  @Override
  public Pass forward(DenseMatrix matrix, int count) {
    return forward(matrix, count, Caller.current());
  }

  /** For work that may run on another thread than the caller's. */
  DeflatedPass forward(DenseMatrix matrix, int count, Caller caller) {
    int n = Cotangents.requirePairs(matrix, count);
    Scaling scaling = scaling(matrix.maxAbs());
    double[] m = rounding.rounded(scaling.apply(matrix).columnMajor());
    IntFunction<double[]> start = starts.of(Cotangents.finiteResult("M", n, m), count);
    List<PowerIterationTrace> traces = new ArrayList<>(count);
    for (int j = 0; j < count; j++) {
      PowerIterationTrace trace =
          PowerIterationTrace.run(n, m, start(start.apply(j)), iterations, rounding, caller);
      if (trace.vanished()) {
        break;
      }
      traces.add(trace);
      m = trace.deflated();
    }
    double[] values = traces.stream().mapToDouble(trace -> scaling.undone(trace.value())).toArray();
    if (!(Kernels.level1().maxAbs(values.length, values, 0) <= Double.MAX_VALUE)) {
      throw new NonFiniteException(
          "an eigenvalue exceeds the largest double: scale the matrix down by a power of two");
    }
    return new DeflatedPass(n, List.copyOf(traces), values, scaling, rounding);
  }

  /**
   * One trace per pair, in the order they were deflated.
   *
   * @param n order of the matrix
   * @param found their values
   * @param scaling of the matrix that the traces have seen
   */
  record DeflatedPass(
      int n, List<PowerIterationTrace> traces, double[] found, Scaling scaling, Rounding rounding)
      implements Pass {

    @Override
    public double[] values() {
      return found.clone();
    }

    @Override
    public DenseMatrix vectors() {
      double[] columns = new double[n * traces.size()];
      for (int j = 0; j < traces.size(); j++) {
        traces.get(j).copyVector(columns, j * n);
      }
      return DenseMatrix.wrap(n, traces.size(), columns);
    }

    /** The last pair that the loss depends on; those after it contribute nothing. */
    private int lastUsed(double[] valueCotangent, DenseMatrix vectorCotangent) {
      int j = traces.size() - 1;
      while (j >= 0
          && valueCotangent[j] == 0
          && Kernels.level1().maxAbs(n, vectorCotangent.columnMajor(), j * n) == 0) {
        j--;
      }
      return j;
    }

    @Override
    public DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent) {
      return backward(valueCotangent, vectorCotangent, Caller.current());
    }

    /** For work that may run on another thread than the caller's. */
    DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent, Caller caller) {
      int count = traces.size();
      Cotangents.require("valueCotangent", count, valueCotangent);
      double largest = Cotangents.require("vectorCotangent", n, count, vectorCotangent);
      Scaling ofVectors = scalingOfVectors(valueCotangent, largest);
      // Multiplying M and λ by 2^s divides ∂L/∂λ and ∂L/∂M by it.
      Scaling ofValues = new Scaling(ofVectors.exponent() - scaling.exponent());
      double[] c = ofValues.apply(valueCotangent);
      DenseMatrix g = ofVectors.apply(vectorCotangent);
      double[] gradient = new double[n * n];
      for (int j = lastUsed(valueCotangent, vectorCotangent); j >= 0; j--) {
        gradient = traces.get(j).backward(c[j], g.column(j), gradient, caller);
      }
      DenseMatrix symmetric = ofValues.undo(DenseMatrix.wrap(n, n, gradient).symmetricPart());
      return Cotangents.finiteResult("∂L/∂M", n, rounding.rounded(symmetric.columnMajor()));
    }

    /**
     * The scaling that brings the larger of both kinds near 1, so that none overflows on the way.
     */
    private Scaling scalingOfVectors(double[] valueCotangent, double largestOfVectors) {
      double largestOfValues = Kernels.level1().maxAbs(valueCotangent.length, valueCotangent, 0);
      int forValues = Scaling.forLargest(largestOfValues).exponent() + scaling.exponent();
      int forVectors = Scaling.forLargest(largestOfVectors).exponent();
      if (rounding != Rounding.NONE) {
        return new Scaling(0);
      } else if (largestOfVectors == 0) {
        return new Scaling(forValues);
      }
      return new Scaling(largestOfValues == 0 ? forVectors : Math.min(forValues, forVectors));
    }
  }
}
