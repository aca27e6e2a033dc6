package eigengrad.grad;

import eigengrad.grad.internal.eigen.Clusters;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues as a function of the matrix meets them.
 *
 * @param values λ, ascending: with the ridge, or 0 for those that count as 0
 * @param report what was done to them
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record TreatedSpectrum(double[] values, SemidefiniteReport report) {

  /**
   * Treats a spectrum.
   *
   * @param ridge added where there is no treatment
   * @param values λ, ascending; overwritten
   * @throws IllegalArgumentException if it is not semidefinite within the treatment's tolerance
   */
  static TreatedSpectrum of(
      @Nullable SemidefiniteTreatment treatment, double ridge, double[] values) {
    if (treatment instanceof SemidefiniteTreatment.Clamped clamped) {
      requireSemidefinite(clamped.tolerance(), values);
      return zeroed(0, values);
    } else if (treatment instanceof SemidefiniteTreatment.Pseudo pseudo) {
      requireSemidefinite(pseudo.tolerance(), values);
      return zeroed(pseudo.tolerance() * Clusters.norm(values), values);
    } else if (treatment instanceof SemidefiniteTreatment.RelativeRidge relative) {
      int n = values.length;
      return ridged(relative.epsilon() * DoubleStream.of(values).map(x -> x / n).sum(), values);
    }
    return ridged(ridge, values);
  }

  private static void requireSemidefinite(double tolerance, double[] values) {
    double limit = tolerance * Clusters.norm(values);
    if (values.length > 0 && !(values[0] >= -limit)) {
      throw new IllegalArgumentException(
          "the matrix must be positive semidefinite within "
              + tolerance
              + " of its norm, got eigenvalue "
              + values[0]
              + " beside "
              + values[values.length - 1]);
    }
  }

  private static TreatedSpectrum ridged(double ridge, double[] values) {
    SemidefiniteReport report =
        new SemidefiniteReport(negative(values), smallest(values), 0, 0, ridge);
    for (int j = 0; j < values.length; j++) {
      values[j] += ridge;
    }
    return new TreatedSpectrum(values, report);
  }

  private static TreatedSpectrum zeroed(double largestZero, double[] values) {
    int negative = negative(values);
    double smallest = smallest(values);
    int zeroed = 0;
    double largest = 0;
    while (zeroed < values.length && values[zeroed] <= largestZero) {
      largest = Math.max(largest, Math.abs(values[zeroed]));
      values[zeroed] = 0;
      zeroed++;
    }
    return new TreatedSpectrum(
        values, new SemidefiniteReport(negative, smallest, zeroed, largest, 0));
  }

  private static int negative(double[] values) {
    int count = 0;
    while (count < values.length && values[count] < 0) {
      count++;
    }
    return count;
  }

  private static double smallest(double[] values) {
    return values.length == 0 ? 0 : values[0];
  }
}
