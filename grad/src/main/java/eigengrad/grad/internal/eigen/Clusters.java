package eigengrad.grad.internal.eigen;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Eigenvalues or singular values that cannot be told apart: runs of sorted values joined by steps
 * of at most a tolerance times ‖M‖₂.
 *
 * <p>A tie of exact arithmetic arrives split by rounding, so that no comparison of bits can find
 * it. This is the one definition of a tie: rules, gauge, projectors, batches and forward mode all
 * use it.
 */
public final class Clusters {
  private static final String SINGULAR_VALUES = "singular values";

  private final String kind;
  private final double[] values;
  private final int[] starts;
  private final int[] ends;

  private Clusters(String kind, double[] values, double step) {
    this.kind = kind;
    this.values = values;
    int n = values.length;
    this.starts = new int[n];
    this.ends = new int[n];
    int start = 0;
    for (int i = 0; i < n; i++) {
      if (i > 0 && !(Math.abs(values[i] - values[i - 1]) <= step)) {
        start = i;
      }
      starts[i] = start;
    }
    for (int i = n - 1; i >= 0; i--) {
      ends[i] = i + 1 < n && starts[i + 1] == starts[i] ? ends[i + 1] : i + 1;
    }
  }

  /**
   * The clusters of a spectrum.
   *
   * @param values ascending; kept, not copied
   * @param tieTolerance the largest step within a cluster, relative to ‖M‖₂
   */
  public static Clusters of(double[] values, double tieTolerance) {
    return new Clusters("eigenvalues", values, tieTolerance * norm(values));
  }

  /**
   * The clusters of singular values.
   *
   * @param values descending, and a 0 behind them; kept, not copied
   * @param tieTolerance the largest step within a cluster, relative to the largest value
   */
  static Clusters ofSingularValues(double[] values, double tieTolerance) {
    return new Clusters(SINGULAR_VALUES, values, tieTolerance * norm(values));
  }

  /**
   * The clusters of values in any order: for each value the number of its cluster.
   *
   * @param step the largest within a cluster
   */
  static int[] labels(double[] values, double step) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    Clusters clusters = new Clusters("eigenvalues", ascending, step);
    int[] labels = new int[values.length];
    Arrays.setAll(labels, i -> clusters.start(Arrays.binarySearch(ascending, values[i])));
    return labels;
  }

  /** The largest magnitude: ‖M‖₂ of a whole spectrum. */
  public static double norm(double[] values) {
    return Kernels.level1().maxAbs(values.length, values, 0);
  }

  /** The first index of the cluster that i belongs to. */
  public int start(int i) {
    return starts[i];
  }

  /** One past the last index of the cluster that i belongs to. */
  public int end(int i) {
    return ends[i];
  }

  /** What the values are, for messages. */
  String kind() {
    return kind;
  }

  /** Whether they are not eigenvalues. */
  boolean areSingularValues() {
    return kind.equals(SINGULAR_VALUES);
  }

  /** For a message: the cluster of i by its indices and values. */
  String describe(int i) {
    int first = starts[i];
    int last = ends[i] - 1;
    if (areSingularValues() && last == values.length - 1) {
      return kind + " " + first + " and following with 0, " + values[first] + " and less";
    }
    String word = last - first == 1 ? " and " : " to ";
    return kind + " " + first + word + last + ", " + values[first] + word + values[last];
  }
}
