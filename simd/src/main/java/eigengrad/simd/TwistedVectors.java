package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.LONGS;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** Eigenvectors by twisted factorisation, one eigenvalue a lane. */
final class TwistedVectors {
  /** The low bits of a magnitude that make room for the index of its row. */
  private static final long INDEX = (1L << 12) - 1;

  private TwistedVectors() {}

  static void solve(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int count,
      double[] x,
      double[] corrections,
      double[] residuals,
      double[] z,
      int zOffset,
      int ldz,
      double[] work) {
    int last = (n - 1) * COUNT;
    int multipliersDown = 0;
    int multipliersUp = n * COUNT;
    int pivots = 2 * n * COUNT;
    int units = 3 * n * COUNT;
    DoubleVector tiny = broadcast(SPECIES, ScalarKernels.TINY_PIVOT);
    LongVector one = LongVector.broadcast(LONGS, 1);
    LongVector magnitude = LongVector.broadcast(LONGS, Long.MAX_VALUE & ~INDEX);
    for (int v = first; v < first + count; v += COUNT) {
      DoubleVector shift = fromArray(SPECIES, x, v);
      // LDLᵀ from the top and UDUᵀ from the bottom, beside each other to hide their latency.
      DoubleVector top = broadcast(SPECIES, d[dOffset]).sub(shift).add(tiny);
      DoubleVector bottom = broadcast(SPECIES, d[dOffset + n - 1]).sub(shift).add(tiny);
      for (int i = 0; i < n - 1; i++) {
        int k = n - 2 - i;
        DoubleVector below = broadcast(SPECIES, e[eOffset + i]);
        DoubleVector above = broadcast(SPECIES, e[eOffset + k]);
        DoubleVector multiplierDown = below.neg().div(top);
        DoubleVector multiplierUp = above.neg().div(bottom);
        top.intoArray(work, pivots + i * COUNT);
        multiplierDown.intoArray(work, multipliersDown + i * COUNT);
        multiplierUp.intoArray(work, multipliersUp + k * COUNT);
        top =
            below.fma(multiplierDown, broadcast(SPECIES, d[dOffset + i + 1]).sub(shift)).add(tiny);
        bottom = above.fma(multiplierUp, broadcast(SPECIES, d[dOffset + k]).sub(shift)).add(tiny);
      }
      top.intoArray(work, pivots + last);
      // γᵢ, the pivot of the factorisation that is twisted at row i; the row of the smallest rides
      // in its last bits.
      LongVector index = LongVector.broadcast(LONGS, n - 1);
      DoubleVector smallest =
          broadcast(SPECIES, Double.POSITIVE_INFINITY)
              .min(index.or(magnitude.and(top.reinterpretAsLongs())).reinterpretAsDoubles());
      for (int i = n - 2; i >= 0; i--) {
        DoubleVector gamma =
            broadcast(SPECIES, e[eOffset + i])
                .fma(
                    fromArray(SPECIES, work, multipliersUp + i * COUNT),
                    fromArray(SPECIES, work, pivots + i * COUNT));
        gamma.intoArray(work, pivots + i * COUNT);
        index = index.sub(one);
        smallest =
            smallest.min(
                index.or(magnitude.and(gamma.reinterpretAsLongs())).reinterpretAsDoubles());
      }
      smallest.intoArray(residuals, v);
      Arrays.fill(work, units, units + n * COUNT, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        int twist = (int) (Double.doubleToRawLongBits(residuals[v + lane]) & INDEX);
        corrections[v + lane] = work[pivots + twist * COUNT + lane];
        work[units + twist * COUNT + lane] = 1;
      }
      // From the twist's row, where the vector is 1, to both ends. What runs past the twist is 0.
      DoubleVector up = fromArray(SPECIES, work, units + last);
      DoubleVector down = fromArray(SPECIES, work, units);
      DoubleVector upSquares = up.mul(up);
      DoubleVector downSquares = zero(SPECIES);
      up.intoArray(work, pivots + last);
      zero(SPECIES).intoArray(work, multipliersUp + last);
      for (int i = 0; i < n - 1; i++) {
        int k = n - 2 - i;
        DoubleVector unit = fromArray(SPECIES, work, units + (i + 1) * COUNT);
        down = down.fma(fromArray(SPECIES, work, multipliersUp + i * COUNT), unit);
        DoubleVector product = down.sub(unit);
        up =
            up.fma(
                fromArray(SPECIES, work, multipliersDown + k * COUNT),
                fromArray(SPECIES, work, units + k * COUNT));
        product.intoArray(work, multipliersUp + i * COUNT);
        up.intoArray(work, pivots + k * COUNT);
        upSquares = up.fma(up, upSquares);
        downSquares = product.fma(product, downSquares);
      }
      DoubleVector squares = upSquares.add(downSquares);
      DoubleVector inverseNorm = broadcast(SPECIES, 1).div(squares.sqrt());
      DoubleVector gamma = fromArray(SPECIES, corrections, v);
      gamma.div(squares).intoArray(corrections, v);
      gamma.abs().mul(inverseNorm).intoArray(residuals, v);
      fromArray(SPECIES, work, pivots).mul(inverseNorm).intoArray(work, units);
      for (int i = COUNT; i < n * COUNT; i += COUNT) {
        fromArray(SPECIES, work, pivots + i)
            .add(fromArray(SPECIES, work, multipliersUp + i - COUNT))
            .mul(inverseNorm)
            .intoArray(work, units + i);
      }
      int lanes = Math.min(COUNT, first + count - v);
      VectorTranspose.transpose(lanes, n, work, units, COUNT, z, zOffset + (v - first) * ldz, ldz);
    }
  }
}
