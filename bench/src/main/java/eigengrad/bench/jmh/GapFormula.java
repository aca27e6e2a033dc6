package eigengrad.bench.jmh;

import eigengrad.grad.InverseGap;

/** The rules for 1/(a − b) as they are defined, term by term and without care for rounding. */
@FunctionalInterface
interface GapFormula {

  /** What stands for 1/(a − b), a ≠ b; the norm is the largest |λ|. */
  double between(double a, double b, double norm);

  /** The formula of a rule. */
  static GapFormula of(InverseGap rule) {
    return switch (rule) {
      case InverseGap.Analytic analytic -> (a, b, norm) -> 1 / (a - b);
      case InverseGap.PowerIteration power -> leading((a, q) -> series(q, power.terms()) / a);
      case InverseGap.Pade pade -> leading((a, q) -> rational(q, pade.degree()) / a);
      case InverseGap.Clipped clipped ->
          (a, b, norm) ->
              Math.signum(a - b) * Math.min(1 / Math.abs(a - b), clipped.limit() / norm);
      case InverseGap.Lorentzian lorentzian ->
          (a, b, norm) -> {
            double width = lorentzian.epsilon() * norm;
            return (a - b) / ((a - b) * (a - b) + width * width);
          };
      case InverseGap.WithTieTolerance tolerant -> of(tolerant.rule());
    };
  }

  /** A formula in the larger |λ| and the ratio q of the other to it. */
  private static GapFormula leading(Ratio formula) {
    return (a, b, norm) ->
        Math.abs(a) >= Math.abs(b) ? formula.of(a, b / a) : -formula.of(b, a / b);
  }

  /** 1 + q + … + q^(terms−1). */
  private static double series(double q, int terms) {
    double sum = 0;
    double power = 1;
    for (int k = 0; k < terms; k++) {
      sum += power;
      power *= q;
    }
    return sum;
  }

  /** (1 + q^K/K) / (1 − q + q^K/K). */
  private static double rational(double q, int degree) {
    double power = 1;
    for (int k = 0; k < degree; k++) {
      power *= q;
    }
    return (1 + power / degree) / (1 - q + power / degree);
  }

  /** A function of the larger |λ| and of q. */
  @FunctionalInterface
  interface Ratio {
    double of(double leading, double q);
  }
}
