package eigengrad.bench.hostile;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * How equal tridiagonal blocks are put together. Every eigenvalue of the block becomes a cluster,
 * as narrow as the coupling is weak.
 *
 * @param order of a block; the last may be cut off
 * @param coupling the off-diagonal element between blocks
 */
record Glue(int order, double coupling) {
  /** Of matrices that have no blocks. */
  static final Glue NONE = new Glue(2, 1);

  private static final double WEAKEST = 1e-15;
  private static final double STRONGEST = 1e2;

  /** For a matrix of order n: blocks from 2 to n/2, and any coupling. */
  static Glue anywhere(int n, SplittableRandom random) {
    double order = 2 * Math.pow(n / 4.0, random.nextDouble());
    double coupling = WEAKEST * Math.pow(STRONGEST / WEAKEST, random.nextDouble());
    return new Glue((int) order, coupling);
  }

  /** One that differs by less than half in the order and a decade in the coupling. */
  Glue nearby(SplittableRandom random) {
    double newOrder = order * random.nextDouble(0.67, 1.5);
    double factor = Math.pow(10, random.nextDouble(-1, 1));
    return new Glue(Math.max(2, (int) Math.round(newOrder)), coupling * factor);
  }

  /** The matrix of order n made of these blocks. */
  Tridiagonal blocks(int n, IntToDoubleFunction d, IntToDoubleFunction e) {
    return Tridiagonal.of(
        n,
        i -> d.applyAsDouble(i % order),
        i -> i % order == order - 1 ? coupling : e.applyAsDouble(i % order));
  }

  /** As it stands in {@link WorstCases}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "new Glue(%d, %.3g)", order, coupling);
  }
}
