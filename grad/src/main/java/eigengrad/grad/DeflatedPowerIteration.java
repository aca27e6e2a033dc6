package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
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
  private final Precision precision;

  DeflatedPowerIteration(int iterations, Starts starts, Precision precision) {
    Counts.requirePositive("iterations K", iterations);
    this.iterations = iterations;
    this.starts = starts;
    this.precision = precision;
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
  static Starts exact(Precision precision) {
    return (matrix, count) ->
        new ExactEigen(InverseGap.analytic(), precision).forward(matrix, count).vectors()::column;
  }

  @Override
  public Pass forward(DenseMatrix matrix, int count) {
    return forward(matrix, count, Caller.current());
  }

  /** For a caller who may be another thread than this. */
  DeflatedPass forward(DenseMatrix matrix, int count, Caller caller) {
    int n = Cotangents.requirePairs(matrix, count);
    List<PowerIterationTrace> traces = new ArrayList<>(count);
    double[] m =
        Cotangents.finiteResult("M", n, precision.rounded(matrix.columnMajor())).columnMajor();
    IntFunction<double[]> start = starts.of(matrix, count);
    for (int j = 0; j < count; j++) {
      PowerIterationTrace trace =
          PowerIterationTrace.run(n, m, start.apply(j), iterations, precision, caller);
      if (trace.vanished()) {
        break;
      }
      traces.add(trace);
      m = trace.deflated();
    }
    return new DeflatedPass(n, List.copyOf(traces), precision);
  }

  /**
   * One trace a pair, in the order they were deflated.
   *
   * @param n order of the matrix
   */
  record DeflatedPass(int n, List<PowerIterationTrace> traces, Precision precision)
      implements Pass {

    @Override
    public double[] values() {
      return traces.stream().mapToDouble(PowerIterationTrace::value).toArray();
    }

    @Override
    public DenseMatrix vectors() {
      double[] columns = new double[n * traces.size()];
      for (int j = 0; j < traces.size(); j++) {
        traces.get(j).copyVector(columns, j * n);
      }
      return DenseMatrix.wrap(n, traces.size(), columns);
    }

    /** Pairs behind the last one that the loss depends on contribute nothing. */
    private int lastUsed(double[] valueCotangent, DenseMatrix vectorCotangent) {
      Kernels kernels = Kernels.active();
      int j = traces.size() - 1;
      while (j >= 0
          && valueCotangent[j] == 0
          && kernels.maxAbs(n, vectorCotangent.columnMajor(), j * n) == 0) {
        j--;
      }
      return j;
    }

    @Override
    public DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent) {
      return backward(valueCotangent, vectorCotangent, Caller.current());
    }

    /** For a caller who may be another thread than this. */
    DenseMatrix backward(double[] valueCotangent, DenseMatrix vectorCotangent, Caller caller) {
      int count = traces.size();
      Cotangents.require("valueCotangent", count, valueCotangent);
      Cotangents.require("vectorCotangent", n, count, vectorCotangent);
      double[] gradient = new double[n * n];
      for (int j = lastUsed(valueCotangent, vectorCotangent); j >= 0; j--) {
        gradient =
            traces.get(j).backward(valueCotangent[j], vectorCotangent.column(j), gradient, caller);
      }
      DenseMatrix symmetric = DenseMatrix.wrap(n, n, gradient).symmetricPart();
      return Cotangents.finiteResult("∂L/∂M", n, precision.rounded(symmetric.columnMajor()));
    }
  }
}
