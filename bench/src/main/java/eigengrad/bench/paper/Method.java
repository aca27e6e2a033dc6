package eigengrad.bench.paper;

import java.util.Locale;

/** The ways to differentiate an eigendecomposition that the experiments compare. */
public enum Method {
  /** Exact forward, analytic backward. */
  SVD("SVD"),
  /** Power iteration with deflation, forward and backward. */
  PI("PI"),
  /** Exact forward, power-iteration backward: the paper's proposal. */
  OURS("Ours"),
  /** What the layer computes, differentiated without any eigenvector: the library's default. */
  EXACT("Exact"),
  /** Exact forward, the eigendecomposition's analytic formula as published code evaluates it. */
  PUBLISHED("Published formula"),
  /** The same of the singular value decomposition, which the paper's own code calls. */
  PUBLISHED_SVD("Published SVD");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /**
   * The name in tables; the first three are the paper's.
   *
   * @return the name
   */
  public String label() {
    return label;
  }

  /** The name on a command line and in the names of files. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the number of power iterations matters. */
  boolean hasTerms() {
    return this == PI || this == OURS;
  }
}
