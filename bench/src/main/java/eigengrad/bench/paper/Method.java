package eigengrad.bench.paper;

import eigengrad.bench.truth.Route;
import java.util.Locale;

/** The ways to differentiate an eigendecomposition that the experiments compare. */
public enum Method {
  /** Exact forward, analytic backward. */
  SVD(Route.SVD),
  /** Power iteration with deflation, forward and backward. */
  PI(Route.PI),
  /** Exact forward, power-iteration backward: the paper's proposal. */
  OURS(Route.OURS),
  /** What the layer computes, differentiated without any eigenvector: the library's default. */
  EXACT(Route.EXACT),
  /** Exact forward, the eigendecomposition's analytic formula as published code evaluates it. */
  PUBLISHED(Route.PUBLISHED),
  /** The same of the singular value decomposition, which the paper's own code calls. */
  PUBLISHED_SVD(Route.PUBLISHED_SVD);

  private final Route route;

  Method(Route route) {
    this.route = route;
  }

  /** The same way, as it is held against the truth. */
  Route route() {
    return route;
  }

  /**
   * The name in tables; the first three are the paper's.
   *
   * @return the name
   */
  public String label() {
    return route.label();
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
