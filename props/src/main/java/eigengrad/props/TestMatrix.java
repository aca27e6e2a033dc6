package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/**
 * A generated matrix that prints itself as Java source, to be pasted into a test.
 *
 * @param family what kind of matrix it is
 * @param expression Java source that makes the same matrix
 * @param matrix n×n, exactly symmetric, finite
 */
public record TestMatrix(String family, String expression, DenseMatrix matrix) {
  private static final int LARGEST_LITERAL = 12;

  /**
   * A matrix given by its elements.
   *
   * @param matrix n×n, n ≥ 1, symmetric
   * @return the matrix, of the family "literal"
   */
  public static TestMatrix of(DenseMatrix matrix) {
    return new TestMatrix("literal", JavaLiteral.of(matrix), matrix);
  }

  /** The family, the order, the source, and up to order 12 the elements as source. */
  @Override
  public String toString() {
    int n = matrix.rows();
    String literal = n <= LARGEST_LITERAL ? "\n= " + JavaLiteral.of(matrix) : "";
    return "%s, n = %d:%n%s%s".formatted(family, n, expression, literal);
  }
}
