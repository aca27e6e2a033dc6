package eigengrad.props.planted;

/** 1/N in the place of 2/N: X̂ enters the covariance twice. */
final class OneOverTheSamples implements PlainWhitening {
  @Override
  public double factor(int samples) {
    return 1.0 / samples;
  }
}
