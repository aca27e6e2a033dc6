package eigengrad.grad.internal.eigen;

import eigengrad.grad.Gauge;
import eigengrad.grad.LeadingEigenGradient;
import eigengrad.grad.MinresException;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Caller;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * MINRES for (λⱼI − M)xⱼ = P yⱼ in the space that P projects onto: a recurrence for each column,
 * the products with M for all of them at once.
 *
 * <p>Every product is projected anew, so that no rounding error outside that space grows. All
 * numbers are at the scale of M times a power of two, and each right-hand side at norm 1.
 */
final class ShiftedMinres {
  /** Residuals are not asked to be smaller: rounding of the products leaves as much. */
  private static final double ROUNDING = 0x1p-50;

  private static final double UNIT = 0x1p-52;

  /** Projects the first columns of an array. */
  @FunctionalInterface
  interface Projection {
    void apply(int columns, double[] y);
  }

  private final LeadingEigenGradient settings;
  private final int n;
  private final SymmetricProduct product;
  private final double[] values;
  private final Projection projection;
  private Scaling scaling = new Scaling(0);
  private int products;

  ShiftedMinres(
      LeadingEigenGradient settings,
      int n,
      SymmetricProduct product,
      double[] values,
      Projection projection) {
    this.settings = settings;
    this.n = n;
    this.product = product;
    this.values = values;
    this.projection = projection;
  }

  /**
   * X for the columns of Y.
   *
   * @param y n×k; not modified
   * @return n×k
   * @throws MinresException if the products were used up
   * @throws NonFiniteException if M has λⱼ as an eigenvalue in that space
   * @throws CancellationException if the caller is interrupted
   */
  double[] solve(double[] y, Caller caller) {
    int k = values.length;
    double[] projected = y.clone();
    projection.apply(k, projected);
    double[] x = new double[n * k];
    List<MinresColumn> active = new ArrayList<>();
    for (int j = 0; j < k && k < n; j++) {
      double size = Kernels.level1().norm(n, y, j * n);
      double norm = Kernels.level1().norm(n, projected, j * n);
      if (norm > n * UNIT * size) {
        active.add(new MinresColumn(j, norm, Arrays.copyOfRange(projected, j * n, (j + 1) * n)));
      }
    }
    int wanted = active.size();
    while (!active.isEmpty()) {
      caller.requireNotInterrupted();
      requireBudget(active);
      double[] image = multiply(active);
      for (int c = 0; c < active.size(); c++) {
        active.get(c).step(image, c * n);
      }
      report(active, wanted);
      finish(active, x);
    }
    return x;
  }

  private double[] multiply(List<MinresColumn> active) {
    int count = active.size();
    double[] block = new double[n * count];
    double[] image = new double[n * count];
    for (int c = 0; c < count; c++) {
      System.arraycopy(active.get(c).direction(), 0, block, c * n, n);
    }
    product.multiply(n, count, block, image);
    double largest = Kernels.level1().maxAbs(count * n, image, 0);
    if (!(largest <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("product must be finite, got " + largest + " in one");
    }
    if (products == 0) {
      scaling = Scaling.forLargest(Math.max(largest, Clusters.norm(values)));
    }
    products += count;
    for (int c = 0; c < count; c++) {
      double value = scaling.applied(values[active.get(c).index()]);
      double[] direction = active.get(c).direction();
      for (int i = 0; i < n; i++) {
        image[c * n + i] = value * direction[i] - scaling.applied(image[c * n + i]);
      }
    }
    projection.apply(count, image);
    return image;
  }

  private void requireBudget(List<MinresColumn> active) {
    if ((long) products + active.size() > settings.maxProducts()) {
      MinresColumn first = active.get(0);
      throw new MinresException(
          ("%d of the products were used up while %d systems were not solved; that of eigenvalue %d,"
                  + " %s, has the relative residual %s: maxProducts is %d, and more pairs would leave"
                  + " a larger gap")
              .formatted(
                  products,
                  active.size(),
                  first.index(),
                  values[first.index()],
                  first.residual(),
                  settings.maxProducts()));
    }
  }

  private void report(List<MinresColumn> active, int wanted) {
    double worst = 0;
    int solved = wanted - active.size();
    for (MinresColumn column : active) {
      if (isSolved(column)) {
        solved++;
      } else {
        worst = Math.max(worst, column.residual());
      }
    }
    settings.progress().accept(new LeadingEigenGradient.Progress(products, solved, wanted, worst));
  }

  private boolean isSolved(MinresColumn column) {
    return column.isExhausted()
        || column.backwardError() <= Math.max(settings.tolerance(), ROUNDING);
  }

  /** Takes the columns that are solved out of those that go on. */
  private void finish(List<MinresColumn> active, double[] x) {
    for (MinresColumn column : active) {
      int j = column.index();
      boolean left = column.isExhausted() && column.residual() > Gauge.ROUNDING;
      if (left || column.isUnbounded()) {
        throw new NonFiniteException(
            ("there is no derivative: eigenvalue %d, %s, ties with one that is not among the pairs, and"
                    + " the loss depends on which vector of the tie is. With all vectors of the tie"
                    + " among the pairs there may be one")
                .formatted(j, values[j]));
      }
      if (isSolved(column)) {
        double[] solution = column.solution();
        for (int i = 0; i < n; i++) {
          x[j * n + i] = scaling.applied(solution[i] * column.scale());
        }
      }
    }
    active.removeIf(this::isSolved);
  }
}
