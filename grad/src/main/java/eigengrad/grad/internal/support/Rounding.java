package eigengrad.grad.internal.support;

/** What happens to a number that is stored: nothing, or it is rounded to single precision. */
public enum Rounding {
  NONE {
    @Override
    public double round(double x) {
      return x;
    }
  },
  /** To the nearest float; beyond its range, to infinity. */
  TO_FLOAT {
    @Override
    public double round(double x) {
      return (float) x;
    }
  };

  public abstract double round(double x);

  /** Rounds every element, in place. */
  public void round(double[] x) {
    if (this != NONE) {
      for (int i = 0; i < x.length; i++) {
        x[i] = round(x[i]);
      }
    }
  }

  /** A rounded copy; x itself where nothing is rounded. */
  public double[] rounded(double[] x) {
    if (this == NONE) {
      return x;
    }
    double[] copy = x.clone();
    round(copy);
    return copy;
  }
}
