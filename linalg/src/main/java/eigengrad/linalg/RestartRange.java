package eigengrad.linalg;

/**
 * Which Ritz vectors a basis keeps when it begins anew: those at either end.
 *
 * <p>With the s steps that then fit and the values outside [a, b] kept, the error in the pair
 * hardest to get, of value θ beyond b, shrinks by about exp(−s·arcosh(1 + 2(θ − b)/(b − a))): many
 * kept leave a wide gap and few steps. Source: K. Wu and H. Simon (2000), section 3.
 *
 * @param low how many of the smallest
 * @param high how many of the largest
 */
record RestartRange(int low, int high) {

  /**
   * The best one.
   *
   * @param pairs ascending
   * @param smallest wanted of them at the lower end
   * @param largest wanted at the upper end
   * @param most how many may be kept, fewer than there are pairs and at least those wanted
   */
  static RestartRange of(RitzPairs pairs, int smallest, int largest, int steps, int most) {
    int a = pairs.size();
    RestartRange best = new RestartRange(smallest, largest);
    double bestRate = -1;
    for (int low = smallest; low <= most - largest; low++) {
      for (int high = largest; low + high <= most && low + high < a; high++) {
        double rate = (steps - low - high) * rate(pairs, smallest, largest, low, high);
        if (rate > bestRate) {
          bestRate = rate;
          best = new RestartRange(low, high);
        }
      }
    }
    return best;
  }

  private static double rate(RitzPairs pairs, int smallest, int largest, int low, int high) {
    int a = pairs.size();
    double from = pairs.value(low);
    double to = pairs.value(a - 1 - high);
    double gap = Double.POSITIVE_INFINITY;
    if (smallest > 0) {
      gap = from - pairs.value(smallest - 1);
    }
    if (largest > 0) {
      gap = Math.min(gap, pairs.value(a - largest) - to);
    }
    double x = to > from ? 2 * gap / (to - from) : gap > 0 ? 1e300 : 0;
    return Math.log1p(x + Math.sqrt(x * (x + 2)));
  }
}
