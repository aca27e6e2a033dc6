package eigengrad.props;

import eigengrad.grad.InverseGap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generators of rules for 1/(λᵢ − λⱼ). */
final class GradientRules {
  private GradientRules() {}

  static Arbitrary<InverseGap> bounded() {
    Arbitrary<Integer> counts = Arbitraries.integers().between(1, 100);
    return Arbitraries.oneOf(
        counts.map(InverseGap::powerIteration),
        counts.map(InverseGap::taylor),
        counts.map(InverseGap::pade),
        powersOfTen(0, 6).map(InverseGap::clipped),
        powersOfTen(-6, 0).map(InverseGap::lorentzian));
  }

  /** 10ˣ, x between two bounds in steps of a tenth. */
  static Arbitrary<Double> powersOfTen(int from, int to) {
    return Arbitraries.integers()
        .between(10 * from, 10 * to)
        .map(tenths -> Math.pow(10, 0.1 * tenths));
  }

  static Arbitrary<InverseGap> any() {
    return Arbitraries.oneOf(bounded(), Arbitraries.just(InverseGap.analytic()));
  }
}
