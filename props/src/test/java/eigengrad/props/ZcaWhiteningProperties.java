package eigengrad.props;

import eigengrad.grad.layers.InverseSquareRoot;

class ZcaWhiteningProperties implements WhiteningContract {
  @Override
  public InverseSquareRoot root() {
    return InverseSquareRoot.exact();
  }
}
