package eigengrad.simd;

/** In which order Jacobi's method rotates pairs of rows or columns. */
public final class JacobiOrder {
  private static final int[][] ORDERS = orders();

  private JacobiOrder() {}

  /**
   * All pairs {@code p < q}, one after the other, in rounds of disjoint pairs: the rotations of a
   * round do not wait for each other.
   *
   * @param n order, 0 to {@link BatchSvd#LARGEST}
   * @return the pairs, p before q; not to be modified
   */
  public static int[] of(int n) {
    return ORDERS[n];
  }

  private static int[][] orders() {
    int[][] orders = new int[BatchSvd.LARGEST + 1][];
    for (int n = 0; n <= BatchSvd.LARGEST; n++) {
      orders[n] = tournament(n);
    }
    return orders;
  }

  /** The circle method: the last player stays, the others move on; with n odd one of them rests. */
  private static int[] tournament(int n) {
    int[] pairs = new int[n * Math.max(n - 1, 0)];
    int players = n + n % 2;
    int at = 0;
    for (int round = 0; round < players - 1; round++) {
      for (int table = 0; table < players / 2; table++) {
        int one = table == 0 ? players - 1 : (round + table) % (players - 1);
        int other = (round + players - 1 - table) % (players - 1);
        if (Math.max(one, other) < n) {
          pairs[at++] = Math.min(one, other);
          pairs[at++] = Math.max(one, other);
        }
      }
    }
    return pairs;
  }
}
