package eigengrad.linalg;

import eigengrad.linalg.LeadingPairs.Outcome;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/** The way of {@link LeadingEigen} where a basis would span nearly everything: A from A·I. */
final class FormedMatrix {
  private final LeadingEigen settings;
  private final int n;
  private final SymmetricProduct product;

  FormedMatrix(LeadingEigen settings, int n, SymmetricProduct product) {
    this.settings = settings;
    this.n = n;
    this.product = product;
  }

  LeadingPairs solve(int smallest, int largest) {
    int wanted = smallest + largest;
    if (wanted == 0 || n > settings.maxProducts()) {
      return none(0, wanted == 0 ? Outcome.CONVERGED : Outcome.EXHAUSTED);
    }
    if (Thread.currentThread().isInterrupted()) {
      return none(0, Outcome.INTERRUPTED);
    }
    DenseMatrix matrix = form();
    Eigendecomposition all;
    try {
      all = SymmetricEigen.decompose(matrix);
    } catch (CancellationException interruption) {
      return none(n, Outcome.INTERRUPTED);
    }
    settings.progress().accept(new LeadingEigen.Progress(n, wanted, wanted, 0));
    double[] values = ends(all.values(), 1, smallest, largest);
    double[] vectors = ends(all.vectors().columnMajor(), n, smallest, largest);
    double norm = Math.max(Math.abs(all.value(0)), Math.abs(all.value(n - 1)));
    double[] bounds = new double[wanted];
    Arrays.fill(bounds, norm * n * Math.ulp(1.0));
    return new LeadingPairs(
        new PartialEigendecomposition(values, DenseMatrix.wrap(n, wanted, vectors)),
        bounds,
        smallest,
        n,
        Outcome.CONVERGED);
  }

  private LeadingPairs none(int products, Outcome outcome) {
    DenseMatrix vectors = DenseMatrix.wrap(n, 0, new double[0]);
    return new LeadingPairs(
        new PartialEigendecomposition(new double[0], vectors), new double[0], 0, products, outcome);
  }

  private DenseMatrix form() {
    double[] images = new double[n * n];
    product.multiply(n, n, DenseMatrix.identity(n).columnMajor(), images);
    OperatorInput.requireFinite(n, 0, images);
    DenseMatrix matrix = DenseMatrix.wrap(n, n, images);
    double allowed = EigenOptions.DEFAULT.symmetryTolerance() * matrix.maxAbs();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        OperatorInput.requireSymmetric(matrix.get(i, j) - matrix.get(j, i), allowed);
      }
    }
    return matrix.symmetricPart();
  }

  /** The first and the last columns of an array of n columns. */
  private double[] ends(double[] columns, int rows, int first, int last) {
    double[] chosen = new double[rows * (first + last)];
    System.arraycopy(columns, 0, chosen, 0, rows * first);
    System.arraycopy(columns, rows * (n - last), chosen, rows * first, rows * last);
    return chosen;
  }
}
