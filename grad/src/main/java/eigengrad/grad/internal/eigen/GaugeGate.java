package eigengrad.grad.internal.eigen;

import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Share;

/**
 * Refuses, for an unbounded rule, what has no derivative within a cluster of eigenvalues. A bounded
 * rule, whose coefficients are 0 there, leaves it out: its gate is open and refuses nothing.
 */
public final class GaugeGate {
  private static final String LEFT_OUT =
      "A bounded rule such as InverseGap.powerIteration(19) leaves that part out, ";

  private final InverseGap rule;
  private final Clusters clusters;
  private final boolean open;
  private double largest;
  private int index;

  private GaugeGate(GapCoefficients coefficients, boolean open) {
    this.rule = coefficients.rule();
    this.clusters = coefficients.clusters();
    this.open = open;
  }

  /** The rule's gate, for the parts of one argument. */
  public static GaugeGate of(GapCoefficients coefficients) {
    return new GaugeGate(coefficients, isBounded(coefficients.rule()));
  }

  /** A gate that refuses nothing, for a caller who reports instead. */
  public static GaugeGate open(GapCoefficients coefficients) {
    return new GaugeGate(coefficients, true);
  }

  /** Whether a rule's coefficients have a bound at every gap. */
  public static boolean isBounded(InverseGap rule) {
    return rule.bound(1, 1) < Double.POSITIVE_INFINITY;
  }

  /** Takes note of a part between eigenvalue i and another of its cluster. */
  public void note(int i, double part) {
    if (!(Math.abs(part) <= largest)) {
      largest = Math.abs(part);
      index = i;
    }
  }

  /**
   * Refuses a loss that depends on the basis.
   *
   * @param name of the cotangents whose parts were noted
   * @param cotangent all their elements
   * @throws NonFiniteException if a part is more than rounding
   */
  public void requireIndependentLoss(String name, double[]... cotangent) {
    double share = share(cotangent);
    if (!(share <= Gauge.ROUNDING)) {
      throw refusal(
          "the loss depends on the basis within the tie of %s, by a part of %s that is %s of it"
              .formatted(clusters.describe(index), name, share),
          LEFT_OUT
              + gauge()
              + ".independentPart takes it out, and a function of the matrix or the projector"
              + " onto all of the tied vectors has none");
    }
  }

  /**
   * Refuses a direction in which a tie splits.
   *
   * @param direction all elements of dM
   * @throws NonFiniteException if a part is more than rounding
   */
  public void requireTiesKept(double[] direction) {
    double share = share(direction);
    if (!(share <= Gauge.ROUNDING)) {
      throw refusal(
          "the direction splits the tie of %s, into other vectors, by a part of dM that is %s of it"
              .formatted(clusters.describe(index), share),
          LEFT_OUT
              + gauge()
              + ".independentDirection takes it out, and the derivative of a "
              + function()
              + " or of a projector needs no basis");
    }
  }

  /**
   * Refuses values' cotangents that differ within a cluster whose vectors the loss depends on.
   * Those of Σ f(λⱼ)·vⱼᵀBvⱼ do: they are the diagonal of f′(λ)VᵀBV there, and the rest of that
   * block, which belongs to the gradient, cannot be told from them and ∂L/∂V.
   *
   * @param valueCotangent ∂L/∂λ, n elements
   * @param i an index of the cluster
   * @throws NonFiniteException if they differ by more than rounding
   */
  public void requireEqual(double[] valueCotangent, int i) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int end = Math.min(clusters.end(i), valueCotangent.length);
    for (int j = clusters.start(i); j < end; j++) {
      least = Math.min(least, valueCotangent[j]);
      most = Math.max(most, valueCotangent[j]);
    }
    double size = Math.max(Math.abs(least), Math.abs(most));
    if (!open && !(0.5 * most - 0.5 * least <= 0.5 * size * Gauge.ROUNDING)) {
      throw refusal(
          "∂L/∂λ differs within the tie of %s, from %s to %s, and ∂L/∂V is not 0 there"
              .formatted(clusters.describe(i), least, most),
          "A function of the matrix has a "
              + function()
              + "'s gradient; that of a loss of the values plus a loss of the vectors is"
              + " backwardValues plus backwardVectors");
    }
  }

  private NonFiniteException refusal(String reason, String advice) {
    return new NonFiniteException(
        "the %s rule has no derivative here: %s. %s".formatted(rule, reason, advice));
  }

  private String gauge() {
    return clusters.areSingularValues() ? "SvdGauge" : "Gauge";
  }

  private String function() {
    return clusters.areSingularValues() ? "SingularFunction" : "SpectralFunction";
  }

  private double share(double[]... whole) {
    return open ? 0 : Share.of(largest, whole);
  }
}
