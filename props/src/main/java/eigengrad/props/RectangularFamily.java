package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/**
 * A kind of matrix that has been hard for singular value decompositions, of any shape, from a seed.
 *
 * @param name unique among {@link RectangularMatrices#families()}
 * @param rule its matrices
 */
public record RectangularFamily(String name, Rule rule) {

  /** Makes the matrix of a shape from a seed. */
  @FunctionalInterface
  public interface Rule {
    /**
     * The matrix.
     *
     * @param rows m ≥ 1
     * @param columns n ≥ 1
     * @param seed of whatever is random in it
     * @return m×n, finite
     */
    DenseMatrix matrix(int rows, int columns, long seed);
  }

  /**
   * The family of a name, as a failure prints it.
   *
   * @param name such as {@code "Kahan"}
   * @return the family
   * @throws IllegalArgumentException if there is none
   */
  public static RectangularFamily named(String name) {
    return RectangularMatrices.families().stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no family of the name " + name));
  }

  /**
   * One of its matrices.
   *
   * @param rows m ≥ 1
   * @param columns n ≥ 1
   * @param seed of whatever is random in it
   * @return the matrix and where it comes from
   */
  public TestMatrix of(int rows, int columns, long seed) {
    return new TestMatrix(
        name,
        "RectangularFamily.named(%s).of(%d, %d, %dL).matrix()"
            .formatted(JavaLiteral.of(name), rows, columns, seed),
        rule.matrix(rows, columns, seed));
  }

  @Override
  public String toString() {
    return name;
  }
}
