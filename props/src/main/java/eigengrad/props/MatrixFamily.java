package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/**
 * A kind of matrix that has been hard for solvers, of any order, from a seed.
 *
 * @param name unique among {@link MatrixFamilies#all()}
 * @param rule its matrices
 */
public record MatrixFamily(String name, Rule rule) {

  /** Makes the matrix of an order from a seed. */
  @FunctionalInterface
  public interface Rule {
    /**
     * The matrix.
     *
     * @param n order, ≥ 1
     * @param seed of whatever is random in it
     * @return n×n, exactly symmetric, finite
     */
    DenseMatrix matrix(int n, long seed);
  }

  /**
   * The family of a name, as a failure prints it.
   *
   * @param name such as {@code "Wilkinson"}
   * @return the family
   * @throws IllegalArgumentException if there is none
   */
  public static MatrixFamily named(String name) {
    return MatrixFamilies.all().stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no family of the name " + name));
  }

  /**
   * One of its matrices.
   *
   * @param n order, ≥ 1
   * @param seed of whatever is random in it
   * @return the matrix and where it comes from
   */
  public TestMatrix of(int n, long seed) {
    return new TestMatrix(
        name,
        "MatrixFamily.named(%s).of(%d, %dL).matrix()".formatted(JavaLiteral.of(name), n, seed),
        rule.matrix(n, seed));
  }

  @Override
  public String toString() {
    return name;
  }
}
