package eigengrad.bench.paper;

/** The paper's three ways to differentiate the eigendecomposition in a whitening layer. */
public enum Method {
  /** Exact forward, analytic backward. */
  SVD("SVD"),
  /** Power iteration with deflation, forward and backward. */
  PI("PI"),
  /** Exact forward, power-iteration backward: the paper's proposal. */
  OURS("Ours");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /**
   * The name in the paper's tables.
   *
   * @return the name
   */
  public String label() {
    return label;
  }
}
