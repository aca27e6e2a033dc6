package eigengrad.linalg.conquer;

/** For each solved block, the indices within it that sort its eigenvalues. */
final class BlockOrder {
  private BlockOrder() {}

  /** Orders a block's eigenvalues: by insertion, as they come nearly sorted. */
  static void sort(int first, int n, double[] d, int[] order) {
    for (int j = 0; j < n; j++) {
      int position = j;
      while (position > 0 && d[first + order[first + position - 1]] > d[first + j]) {
        order[first + position] = order[first + position - 1];
        position--;
      }
      order[first + position] = j;
    }
  }

  /** Merges the orders of two neighbouring blocks, of upper and n − upper values. */
  static void merge(int first, int upper, int n, double[] d, int[] order, int[] ascending) {
    int i = 0;
    int j = upper;
    for (int position = 0; position < n; position++) {
      boolean takeUpper =
          j == n
              || (i < upper && d[first + order[first + i]] <= d[first + upper + order[first + j]]);
      ascending[position] = takeUpper ? order[first + i++] : upper + order[first + j++];
    }
  }
}
