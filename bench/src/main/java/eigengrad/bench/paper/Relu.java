package eigengrad.bench.paper;

/**
 * The rectifier y = max(x, 0); a NaN stays one.
 *
 * <p>dy = dx where x > 0 and 0 elsewhere, so the input's gradient is the output's where y > 0 and 0
 * elsewhere. At the kink x = 0 that is the subgradient 0. Since y ≥ 0, the factor is y's sign: 1 or
 * 0, without a branch that random signs would make the processor mispredict.
 */
final class Relu {
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();

  /** y and what its gradient needs; valid until this layer's next forward. */
  Pass forward(Features input) {
    double[] x = input.values();
    double[] y = output.ofLength(x.length);
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(x[i], 0);
    }
    return new Pass(input.withValues(y));
  }

  /** One forward computation. */
  final class Pass {
    private final Features output;

    private Pass(Features output) {
      this.output = output;
    }

    /** y. */
    Features output() {
      return output;
    }

    /** The gradient of the input, given that of the output. */
    double[] backward(double[] outputGradient) {
      double[] y = output.values();
      double[] gradient = inputGradient.ofLength(y.length);
      for (int i = 0; i < y.length; i++) {
        gradient[i] = outputGradient[i] * Math.signum(y[i]);
      }
      return gradient;
    }
  }
}
