package eigengrad.bench.paper;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.EigenProjector;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;

/**
 * How a layer differentiates its eigendecomposition. The exact route computes in double, whatever
 * the precision.
 *
 * @param method the way
 * @param terms K of power iteration; the other methods have none
 * @param precision in which the decomposition and its gradient are held
 */
public record Route(Method method, int terms, Precision precision) {

  /**
   * The roots for whitening.
   *
   * @param kept which eigenvectors enter; the exact route keeps all
   * @param seed of power iteration's start vectors
   */
  InverseSquareRoot root(Retention kept, long seed) {
    return method == Method.EXACT
        ? InverseSquareRoot.exact()
        : new EigenInverseSquareRoot(eigen(seed), kept);
  }

  /**
   * The projector for denoising.
   *
   * @param seed of power iteration's start vectors
   */
  LeadingProjector projector(long seed) {
    return method == Method.EXACT ? LeadingProjector.exact() : new EigenProjector(eigen(seed));
  }

  private DifferentiableEigen eigen(long seed) {
    return method.route().eigen(terms, precision, seed);
  }

  /** The route in a file's name: the method, and K if it has one. */
  String word() {
    return method.word() + (method.hasTerms() ? "-k" + terms : "");
  }
}
