package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers and matrices as Java source that gives back the same bits. */
public final class JavaLiteral {
  private JavaLiteral() {}

  /**
   * A number.
   *
   * @param x any value
   * @return an expression such as {@code 0.1} or {@code Double.NaN}
   */
  public static String of(double x) {
    if (Double.isFinite(x)) {
      return Double.toString(x);
    }
    return "Double." + (x > 0 ? "POSITIVE_INFINITY" : x < 0 ? "NEGATIVE_INFINITY" : "NaN");
  }

  /**
   * An array.
   *
   * @param x its elements
   * @return an expression such as {@code new double[] {1.0, 2.0}}
   */
  public static String of(double[] x) {
    return "new double[] " + braces(x);
  }

  /**
   * A matrix.
   *
   * @param matrix m×n, m ≥ 1
   * @return an expression such as {@code DenseMatrix.ofRows(new double[][] {{1.0}, {2.0}})}
   */
  public static String of(DenseMatrix matrix) {
    return Arrays.stream(SymmetricMatrices.rows(matrix))
        .map(JavaLiteral::braces)
        .collect(Collectors.joining(", ", "DenseMatrix.ofRows(new double[][] {", "})"));
  }

  /**
   * A string.
   *
   * @param text without characters that need an escape
   * @return the string in quotes
   */
  static String of(String text) {
    return '"' + text + '"';
  }

  private static String braces(double[] x) {
    return IntStream.range(0, x.length)
        .mapToObj(i -> of(x[i]))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
