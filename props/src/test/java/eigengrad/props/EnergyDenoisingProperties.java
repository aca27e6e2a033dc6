package eigengrad.props;

import eigengrad.grad.layers.ComponentCount;
import java.util.Arrays;

/** Seven tenths of the energy. */
class EnergyDenoisingProperties implements DenoisingContract {
  private static final double FRACTION = 0.7;
  private static final double MARGIN = 1e-3;

  @Override
  public ComponentCount components(int channels) {
    return ComponentCount.energy(FRACTION);
  }

  /** 0, which is no answer, where a step of the differences may change it. */
  @Override
  public int kept(double[] leading) {
    double trace = Arrays.stream(leading).sum();
    if (trace == 0) {
      return 1;
    }
    double sum = 0;
    int kept = 0;
    while (sum < FRACTION * trace) {
      sum += leading[kept];
      kept++;
      if (Math.abs(sum / trace - FRACTION) < MARGIN) {
        return 0;
      }
    }
    return kept;
  }
}
