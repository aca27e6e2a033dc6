package eigengrad.linalg;

import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The Rayleigh–Ritz step: what a {@link KrylovBasis} says about eigenpairs. Places count them in
 * ascending order.
 *
 * <p>The first columns of the basis may be locked: pairs themselves, which stay as they are.
 */
final class RitzPairs {
  private final int size;
  private final int locked;

  /** Of every pair in terms of the basis, the locked ones first: size × size. */
  private final double[] combinations;

  private final double[] values;
  private final double[] residuals;
  private final double[] bounds;
  private final Integer[] order;

  /** The pairs that the applied columns hold. */
  RitzPairs(KrylovBasis basis, EigenSolver solver, double[] lockedValues, double[] lockedBounds) {
    this.size = basis.applied();
    this.locked = lockedValues.length;
    this.combinations = new double[size * size];
    this.values = Arrays.copyOf(lockedValues, size);
    this.residuals = new double[size];
    this.bounds = Arrays.copyOf(lockedBounds, size);
    solveActive(basis, solver);
    estimateResiduals(basis);
    this.order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> values[j]))
            .toArray(Integer[]::new);
  }

  private void solveActive(KrylovBasis basis, EigenSolver solver) {
    int active = size - locked;
    double[] h = new double[active * active];
    for (int j = 0; j < active; j++) {
      for (int i = 0; i <= j; i++) {
        h[i + j * active] = basis.projected(locked + i, locked + j);
        h[j + i * active] = h[i + j * active];
      }
    }
    Eigendecomposition pairs = solver.decompose(DenseMatrix.wrap(active, active, h));
    System.arraycopy(pairs.values(), 0, values, locked, active);
    for (int j = 0; j < locked; j++) {
      combinations[j + j * size] = 1;
    }
    for (int j = 0; j < active; j++) {
      int to = locked + (locked + j) * size;
      System.arraycopy(pairs.vectors().columnMajor(), j * active, combinations, to, active);
    }
  }

  private void estimateResiduals(KrylovBasis basis) {
    int width = basis.width();
    double[] couplings = basis.couplings(combinations);
    for (int j = locked; j < size; j++) {
      residuals[j] = Kernels.level1().norm(width, couplings, j * width);
      bounds[j] = Math.hypot(residuals[j], alongLocked(basis, j));
    }
  }

  /** ‖V₁ᵀAv‖, V₁ the locked vectors: small, as they are nearly eigenvectors. */
  private double alongLocked(KrylovBasis basis, int j) {
    double norm = 0;
    for (int l = 0; l < locked; l++) {
      double along = 0;
      for (int i = locked; i < size; i++) {
        along += basis.projected(l, i) * combinations[i + j * size];
      }
      norm = Math.hypot(norm, along);
    }
    return norm;
  }

  int size() {
    return size;
  }

  boolean isLocked(int place) {
    return order[place] < locked;
  }

  /** Where the locked pairs are now, in the order of their columns. */
  int[] lockedPlaces() {
    return IntStream.range(0, size)
        .filter(this::isLocked)
        .boxed()
        .sorted(Comparator.comparingInt(place -> order[place]))
        .mapToInt(place -> place)
        .toArray();
  }

  double value(int place) {
    return values[order[place]];
  }

  /** The norm of the part of the residual that more products take away. */
  double residual(int place) {
    return residuals[order[place]];
  }

  /** A bound on the norm of the residual. */
  double bound(int place) {
    return bounds[order[place]];
  }

  /** The largest |value|: at most ‖A‖. */
  double largest() {
    return size == 0 ? 0 : Math.max(Math.abs(value(0)), Math.abs(value(size - 1)));
  }

  /** The values at some places. */
  double[] values(int... places) {
    return Arrays.stream(places).mapToDouble(this::value).toArray();
  }

  /** The bounds at some places. */
  double[] bounds(int... places) {
    return Arrays.stream(places).mapToDouble(this::bound).toArray();
  }

  /** The vectors at some places in terms of the basis: size × places. */
  double[] combinations(int... places) {
    double[] chosen = new double[size * places.length];
    for (int j = 0; j < places.length; j++) {
      System.arraycopy(combinations, order[places[j]] * size, chosen, j * size, size);
    }
    return chosen;
  }
}
