package eigengrad.grad.roots;

import eigengrad.grad.GramIteration;
import eigengrad.grad.Samples;
import eigengrad.linalg.DenseMatrix;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/**
 * The table of errors in the module's {@code doc/measurements.md}: {@code main} prints it. Matrices
 * of order 32 with eigenvalues from 1 down to 1/κ, evenly in the logarithm.
 */
final class SquareRootErrorTable {
  static final int ORDER = 32;
  static final int[] COUNTS = {2, 5, 10, 15, 20, 30};
  static final double[] CONDITIONS = {10, 1e6};

  /** A column of the table: an error after some iterations. */
  interface ErrorOf {
    double at(DenseMatrix a, int count);
  }

  /** A named column. */
  record Column(String name, ErrorOf error) {}

  static final List<Column> COLUMNS =
      List.of(
          column("Newton–Schulz", SquareRootMethod::newtonSchulz),
          column("Taylor", SquareRootMethod::taylor),
          column("Padé", SquareRootMethod::pade),
          new Column("inverse root, Newton–Schulz", SquareRootErrorTable::inverseRootError),
          new Column("gradient, sign", SquareRootErrorTable::gradientError),
          new Column("Gram", (a, count) -> new GramIteration(count).forward(a).relativeError()));

  private SquareRootErrorTable() {}

  private static Column column(String name, IntFunction<SquareRootMethod> family) {
    return new Column(
        name,
        (a, count) ->
            family.apply(count).squareRoot(a).errors(cotangent(), LyapunovSolver.exact()).value());
  }

  private static double inverseRootError(DenseMatrix a, int count) {
    return SquareRootMethod.newtonSchulz(count)
        .inverseSquareRoot(a)
        .errors(cotangent(), LyapunovSolver.exact())
        .value();
  }

  /** Of the root's gradient by the sign iteration, from a converged root. */
  private static double gradientError(DenseMatrix a, int count) {
    return SquareRootMethod.newtonSchulz(40)
        .squareRoot(a)
        .errors(cotangent(), LyapunovSolver.sign(count))
        .gradient();
  }

  private static DenseMatrix cotangent() {
    return Samples.gaussian(ORDER, ORDER, 9);
  }

  static double error(Column column, double condition, int count) {
    return column.error().at(SquareRootMethodTest.conditioned(ORDER, condition), count);
  }

  static String markdown() {
    StringBuilder table = new StringBuilder("| κ | count |");
    COLUMNS.forEach(column -> table.append(' ').append(column.name()).append(" |"));
    table.append("\n|").append("---|".repeat(COLUMNS.size() + 2)).append('\n');
    for (double condition : CONDITIONS) {
      for (int count : COUNTS) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
        row.add(String.format(Locale.ROOT, "%.0e", condition)).add(Integer.toString(count));
        for (Column column : COLUMNS) {
          row.add(String.format(Locale.ROOT, "%.0e", error(column, condition, count)));
        }
        table.append(row);
      }
    }
    return table.toString();
  }

  public static void main(String[] args) {
    System.out.print(markdown());
  }
}
