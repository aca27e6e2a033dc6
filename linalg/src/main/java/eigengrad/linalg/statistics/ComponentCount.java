package eigengrad.linalg.statistics;

/** How many principal components are kept: all, so many, or as many as explain enough. */
public final class ComponentCount {
  private static final ComponentCount ALL = new ComponentCount(Integer.MAX_VALUE, 1);

  /** Not {@link Integer#MAX_VALUE} where it is given. */
  private final int count;

  /** Below 1 where it is given. */
  private final double fraction;

  private ComponentCount(int count, double fraction) {
    this.count = count;
    this.fraction = fraction;
  }

  /**
   * All: min(N, d) of N samples of d features.
   *
   * @return as many as there are
   */
  public static ComponentCount all() {
    return ALL;
  }

  /**
   * The first k.
   *
   * @param k ≥ 1; a fit refuses more than min(N, d)
   * @return k
   * @throws IllegalArgumentException if k is less than 1
   */
  public static ComponentCount of(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be ≥ 1, got " + k);
    }
    return new ComponentCount(k, 1);
  }

  /**
   * The fewest whose share of the total variance exceeds a fraction; one where nothing varies.
   *
   * @param fraction of the total variance, 0 &lt; fraction &lt; 1
   * @return as many as that takes
   * @throws IllegalArgumentException if the fraction is not between 0 and 1
   */
  public static ComponentCount explaining(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "fraction must be greater than 0 and less than 1, got " + fraction);
    }
    return new ComponentCount(Integer.MAX_VALUE, fraction);
  }

  /**
   * How many have to be computed.
   *
   * @param available min(N, d)
   * @throws IllegalArgumentException if more are wanted
   */
  int computed(int available) {
    if (count == Integer.MAX_VALUE) {
      return available;
    }
    if (count > available) {
      throw new IllegalArgumentException(
          "k must be ≤ %d, the smaller of samples and features, got %d"
              .formatted(available, count));
    }
    return count;
  }

  /** How many of those computed are kept. */
  int kept(double[] variances, double totalVariance) {
    if (fraction == 1) {
      return variances.length;
    }
    double explained = 0;
    int kept = 0;
    while (kept < variances.length && (kept == 0 || explained <= fraction * totalVariance)) {
      explained += variances[kept];
      kept++;
    }
    return totalVariance == 0 ? 1 : kept;
  }

  /** Same number of every data. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ComponentCount that && count == that.count && fraction == that.fraction;
  }

  @Override
  public int hashCode() {
    return 31 * count + Double.hashCode(fraction);
  }

  @Override
  public String toString() {
    if (fraction < 1) {
      return "more than " + fraction + " of the variance";
    }
    return count == Integer.MAX_VALUE ? "all" : "the first " + count;
  }
}
