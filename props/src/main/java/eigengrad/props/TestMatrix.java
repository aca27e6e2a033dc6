package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/**
 * A generated matrix that prints itself as Java source, to be pasted into a test.
 *
 * @param family what kind of matrix it is
 * @param expression Java source that makes the same matrix
 * @param matrix m×n, finite; exactly symmetric where an eigenproblem is tested
 */
public record TestMatrix(String family, String expression, DenseMatrix matrix) {
  private static final int LARGEST_LITERAL = 12;

  /**
   * A matrix given by its elements.
   *
   * @param matrix m×n, m ≥ 1
   * @return the matrix, of the family "literal"
   */
  public static TestMatrix of(DenseMatrix matrix) {
    return new TestMatrix("literal", JavaLiteral.of(matrix), matrix);
  }

  /** The family, the shape, the source, and up to order 12 the elements as source. */
  @Override
  public String toString() {
    int m = matrix.rows();
    int n = matrix.columns();
    String shape = m == n ? "n = " + n : m + "×" + n;
    String literal = Math.max(m, n) <= LARGEST_LITERAL ? "\n= " + JavaLiteral.of(matrix) : "";
    return "%s, %s:%n%s%s".formatted(family, shape, expression, literal);
  }
}
