package eigengrad.props;

import eigengrad.grad.layers.InverseSquareRoot;

/** Five steps of Newton–Schulz: not white, but what five steps make of each eigenvalue. */
class IterNormProperties implements WhiteningContract {
  private static final int STEPS = 5;

  @Override
  public InverseSquareRoot root() {
    return InverseSquareRoot.newtonSchulz(STEPS);
  }

  /** z ← ½(3z − z³s), from 1, in the uncoupled form. */
  @Override
  public double whitening(double m, double trace) {
    double z = 1;
    for (int step = 0; step < STEPS; step++) {
      z = 0.5 * (3 * z - z * z * z * m / trace);
    }
    return z / Math.sqrt(trace);
  }
}
