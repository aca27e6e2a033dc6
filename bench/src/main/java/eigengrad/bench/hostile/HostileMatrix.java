package eigengrad.bench.hostile;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/** A random tridiagonal matrix, and kinds of glued blocks. */
public enum HostileMatrix {
  /** What the others are compared with. */
  RANDOM,
  /** |i − (m − 1)/2| on the diagonal, couplings 1: pairs of eigenvalues beside the clusters. */
  WILKINSON,
  /** 0 on the diagonal, couplings 1. */
  DIFFERENCES,
  /** i on the diagonal, couplings 1. */
  RAMP,
  /** 0 on the diagonal, couplings 2⁻ⁱ. */
  GEOMETRIC,
  /** Normally distributed elements, the same in each block. */
  NORMAL;

  private static final long SEED = 1;

  /** Blocks of this kind, put together like that. */
  Tridiagonal of(Glue glue, int n) {
    return switch (this) {
      case RANDOM -> Tridiagonal.random(n, SEED);
      case WILKINSON -> glue.blocks(n, i -> Math.abs(i - (glue.order() - 1) / 2.0), i -> 1);
      case DIFFERENCES -> glue.blocks(n, i -> 0, i -> 1);
      case RAMP -> glue.blocks(n, i -> i, i -> 1);
      case GEOMETRIC -> glue.blocks(n, i -> 0, i -> Math.pow(2, -i));
      case NORMAL -> {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] d = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
        double[] e = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
        yield glue.blocks(n, i -> d[i], i -> e[i]);
      }
    };
  }
}
