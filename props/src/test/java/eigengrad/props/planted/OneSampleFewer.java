package eigengrad.props.planted;

/** The covariance divided by N − 1 where N is meant. */
final class OneSampleFewer implements PlainWhitening {
  @Override
  public int divisor(int samples) {
    return Math.max(1, samples - 1);
  }
}
