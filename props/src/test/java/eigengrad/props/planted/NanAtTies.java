package eigengrad.props.planted;

/** A difference of roots over a difference of eigenvalues: 0/0 at a tie. */
final class NanAtTies implements PlainWhitening {
  @Override
  public double dividedDifference(double l, double m) {
    return (1 / Math.sqrt(l) - 1 / Math.sqrt(m)) / (l - m);
  }
}
