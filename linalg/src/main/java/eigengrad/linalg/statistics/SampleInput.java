package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;

/** The checks of what is fitted or transformed, and of what comes out. */
final class SampleInput {
  private SampleInput() {}

  /**
   * Refuses vectors of another length, or that are not finite.
   *
   * @param what they are called
   * @param vectors one per column
   * @param length expected
   * @throws IllegalArgumentException naming the first offending element
   */
  static void require(String what, DenseMatrix vectors, int length) {
    if (vectors.rows() != length) {
      throw new IllegalArgumentException(
          "%s must have %d elements each, got a %d×%d matrix"
              .formatted(what, length, vectors.rows(), vectors.columns()));
    }
    if (vectors.maxAbs() <= Double.MAX_VALUE) {
      return;
    }
    double[] elements = vectors.columnMajor();
    for (int at = 0; at < elements.length; at++) {
      if (!Double.isFinite(elements[at])) {
        throw new IllegalArgumentException(
            "%s must be finite, got %s at index %d of column %d"
                .formatted(what, elements[at], at % length, at / length));
      }
    }
  }

  /**
   * Refuses results that have overflowed.
   *
   * @throws ArithmeticException if the largest is not finite
   */
  static void requireNoOverflow(String what, double largest) {
    if (!(largest <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          what + " exceeds the largest double: scale the samples down by a power of two");
    }
  }
}
