package eigengrad.props.planted;

/** Pairs that tie contribute nothing: finite, and wrong. */
final class TiesLeftOut implements PlainWhitening {
  @Override
  public double dividedDifference(double l, double m) {
    return Math.abs(l - m) < 1e-10 * m
        ? 0
        : -1 / (Math.sqrt(l) * Math.sqrt(m) * (Math.sqrt(l) + Math.sqrt(m)));
  }
}
