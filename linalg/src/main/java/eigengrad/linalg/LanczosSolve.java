package eigengrad.linalg;

import eigengrad.linalg.LeadingPairs.Outcome;
import eigengrad.simd.Buffers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * One call of {@link LeadingEigen}: expand, extract, restart; and verify when all has converged.
 */
final class LanczosSolve {
  /** Rayleigh–Ritz steps while the basis fills up: a call may end between two restarts. */
  private static final int CHECKS_PER_FILL = 4;

  /** Of the basis beyond the wanted pairs: the estimate of the rate would keep nearly all. */
  private static final double MOST_KEPT = 0.6;

  /** The share of the products for convergence that a search for missed pairs may cost. */
  private static final int PROBE_SHARE = 4;

  /** Below that, relative to ‖A‖, residuals are rounding. */
  private static final double ROUNDING = 0x1p-50;

  private final LeadingEigen settings;
  private final int n;
  private final int smallest;
  private final int largest;
  private final int width;
  private final int subspace;
  private final KrylovBasis basis;
  private final EigenSolver solver = new EigenSolver();
  private boolean interrupted;

  /** The products for convergence, those of probes left out. */
  private int effort;

  private int restarts;

  /** Whether the last probe did not last long enough. */
  private boolean cutShort;

  /** Pairs that had converged when the basis began anew with a vector they do not contain. */
  private double[] lockedValues = Buffers.NONE;

  private double[] lockedBounds = Buffers.NONE;

  LanczosSolve(LeadingEigen settings, int n, SymmetricProduct product, int smallest, int largest) {
    this.settings = settings;
    this.n = n;
    this.smallest = smallest;
    this.largest = largest;
    this.width = settings.blockSize();
    this.subspace = subspace(settings, smallest + largest);
    this.basis = new KrylovBasis(n, subspace + width, product, settings.seed());
  }

  /** m: at least the wanted pairs, a block to be applied, and some others to tell them from. */
  static int subspace(LeadingEigen settings, int wanted) {
    long asked = settings.subspaceSize() == 0 ? 2L * wanted + 20 : settings.subspaceSize();
    long least = wanted + 2L * settings.blockSize() + 2;
    return (int) Math.min(Math.max(asked, least), Integer.MAX_VALUE);
  }

  LeadingPairs solve() {
    try {
      basis.widen(width);
      while (true) {
        RitzPairs pairs = iterate();
        if (!isComplete(pairs)) {
          int[] converged =
              Arrays.stream(wanted(pairs)).filter(at -> hasConverged(pairs, at)).toArray();
          int low = (int) Arrays.stream(converged).filter(at -> at < smallest).count();
          return result(pairs, converged, low, earlyEnd());
        }
        lock(pairs);
        RitzPairs probe = probe();
        int missed = missed(probe);
        if (missed < 0) {
          Outcome outcome = cutShort ? earlyEnd() : Outcome.CONVERGED;
          return result(probe, probe.lockedPlaces(), smallest, outcome);
        }
        basis.resume(lockedValues.length, probe.combinations(missed), width);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Outcome earlyEnd() {
    return interrupted ? Outcome.INTERRUPTED : Outcome.EXHAUSTED;
  }

  /** Expands and restarts until all pairs have converged or the call must end. */
  private RitzPairs iterate() {
    int before = basis.products();
    while (true) {
      int step = Math.max(width, (subspace - basis.applied()) / CHECKS_PER_FILL);
      while (basis.applied() + width <= subspace) {
        boolean grown = grow(Math.min(basis.applied() + step, subspace));
        RitzPairs pairs = ritz();
        report(pairs);
        if (!grown || isComplete(pairs)) {
          effort += basis.products() - before;
          return pairs;
        }
        if (basis.applied() + width > subspace) {
          restart(pairs, kept(pairs, pairs.lockedPlaces(), wanted(pairs)));
        }
      }
    }
  }

  /**
   * Iterates beside the locked pairs until something lies beyond them, or for long enough: a pair
   * that was missed grows as fast as the slowest of those found, and is seen long before it has
   * converged.
   */
  private RitzPairs probe() {
    int end = basis.products() + Math.max(width, effort / PROBE_SHARE);
    while (true) {
      int left = end - basis.products();
      boolean grown = grow(Math.min(subspace, basis.applied() + Math.max(width, left)));
      RitzPairs pairs = ritz();
      if (!grown || basis.products() >= end || missed(pairs) >= 0) {
        cutShort = !grown;
        return pairs;
      }
      restart(pairs, kept(pairs, pairs.lockedPlaces()));
    }
  }

  /** Whether so many columns could be applied, or as many as whole blocks allow. */
  private boolean grow(int columns) {
    while (basis.applied() + basis.width() <= columns) {
      interrupted |= Thread.interrupted();
      if (interrupted || basis.products() + basis.width() > settings.maxProducts()) {
        return false;
      }
      try {
        basis.expand();
      } catch (CancellationException cancelled) {
        interrupted |= Thread.interrupted();
        if (!interrupted) {
          throw cancelled;
        }
        return false;
      }
    }
    return true;
  }

  /** An interrupt is remembered, and does not keep the small problem from being solved. */
  private RitzPairs ritz() {
    while (true) {
      try {
        return new RitzPairs(basis, solver, lockedValues, lockedBounds);
      } catch (CancellationException cancelled) {
        interrupted |= Thread.interrupted();
      }
    }
  }

  private void report(RitzPairs pairs) {
    double worst = 0;
    int converged = 0;
    for (int place : wanted(pairs)) {
      if (hasConverged(pairs, place)) {
        converged++;
      } else {
        worst = Math.max(worst, pairs.residual(place) / norm(pairs));
      }
    }
    settings
        .progress()
        .accept(new LeadingEigen.Progress(basis.products(), converged, smallest + largest, worst));
  }

  private boolean isComplete(RitzPairs pairs) {
    return pairs.size() > smallest + largest
        && Arrays.stream(wanted(pairs)).allMatch(place -> hasConverged(pairs, place));
  }

  private boolean hasConverged(RitzPairs pairs, int place) {
    return pairs.residual(place) <= tolerance(pairs);
  }

  private double tolerance(RitzPairs pairs) {
    return Math.max(settings.tolerance(), ROUNDING) * norm(pairs);
  }

  /** ‖A‖, from below. */
  private double norm(RitzPairs pairs) {
    return Math.max(basis.largest(), pairs.largest());
  }

  /** The places at the ends, ascending. */
  private int[] wanted(RitzPairs pairs) {
    int low = Math.min(smallest, pairs.size());
    int high = Math.min(largest, pairs.size() - low);
    return ends(pairs, low, high);
  }

  private static int[] ends(RitzPairs pairs, int low, int high) {
    return IntStream.concat(
            IntStream.range(0, low), IntStream.range(pairs.size() - high, pairs.size()))
        .toArray();
  }

  /** The places to go on with: those locked, those wanted, and others. */
  private int[] kept(RitzPairs pairs, int[]... first) {
    int wanted = smallest + largest;
    int most = wanted + (int) (MOST_KEPT * (subspace - wanted));
    RestartRange range = RestartRange.of(pairs, smallest, largest, subspace, most);
    IntStream others = IntStream.of(ends(pairs, range.low(), range.high()));
    IntStream all = IntStream.concat(Arrays.stream(first).flatMapToInt(IntStream::of), others);
    return all.distinct().limit(subspace - width).toArray();
  }

  private void restart(RitzPairs pairs, int[] kept) {
    restarts++;
    basis.restart(lockedValues.length, pairs.combinations(kept), pairs.values(kept));
  }

  /** Locks the wanted pairs and goes on with random vectors beside those kept. */
  private void lock(RitzPairs pairs) {
    int[] wanted = wanted(pairs);
    lockedValues = new double[0];
    restart(pairs, kept(pairs, wanted));
    lockedValues = pairs.values(wanted);
    lockedBounds = pairs.bounds(wanted);
    basis.inject(width);
  }

  /** The place of the pair that lies furthest beyond the locked ones; −1 if none does. */
  private int missed(RitzPairs pairs) {
    double most = tolerance(pairs);
    int missed = -1;
    for (int place = 0; place < pairs.size(); place++) {
      double beyond = pairs.isLocked(place) ? 0 : beyondLocked(pairs.value(place));
      if (beyond > most) {
        most = beyond;
        missed = place;
      }
    }
    return missed;
  }

  private double beyondLocked(double value) {
    double beyond = 0;
    if (smallest > 0) {
      beyond = lockedValues[smallest - 1] - value;
    }
    if (largest > 0) {
      beyond = Math.max(beyond, value - lockedValues[smallest]);
    }
    return beyond;
  }

  private LeadingPairs result(RitzPairs pairs, int[] places, int low, Outcome outcome) {
    double[] vectors = Arrays.copyOf(basis.combined(pairs.combinations(places)), n * places.length);
    for (int j = 0; j < places.length; j++) {
      Spectrum.makeLargestPositive(n, vectors, j * n);
    }
    double[] values = pairs.values(places);
    double[] bounds = pairs.bounds(places);
    double rounding = (1 + restarts) * ROUNDING * norm(pairs);
    for (int j = 0; j < places.length; j++) {
      bounds[j] = Math.hypot(bounds[j], rounding);
    }
    return new LeadingPairs(
        new PartialEigendecomposition(undone(values), DenseMatrix.wrap(n, places.length, vectors)),
        undone(bounds),
        low,
        basis.products(),
        outcome);
  }

  private double[] undone(double[] scaled) {
    return Arrays.stream(scaled).map(basis.scaling()::undone).toArray();
  }
}
