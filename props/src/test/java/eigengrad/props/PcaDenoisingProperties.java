package eigengrad.props;

import eigengrad.grad.layers.ComponentCount;

/** Half of the components. */
class PcaDenoisingProperties implements DenoisingContract {
  @Override
  public ComponentCount components(int channels) {
    return ComponentCount.fixed((channels + 1) / 2);
  }

  @Override
  public int kept(double[] leading) {
    return (leading.length + 1) / 2;
  }
}
