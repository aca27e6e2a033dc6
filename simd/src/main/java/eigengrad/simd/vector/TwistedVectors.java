package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Eigenvectors by twisted factorisation, one eigenvalue per lane.
 *
 * <p>Two vectors of eigenvalues at a time, to hide the latency of their recurrences; a single one
 * is computed twice. A row of the work array holds three vectors of each.
 */
final class TwistedVectors {
  static final int PAIR = 2 * COUNT;

  /** Multipliers of LDLᵀ; later the vectors above and at the twist. */
  private static final int DOWN = 0;

  /** Multipliers of UDUᵀ; later the vectors below the twist, one row too high. */
  private static final int UP = PAIR;

  /** Pivots of LDLᵀ; later 1 in the twist's row and 0 elsewhere. */
  private static final int PIVOT = 2 * PAIR;

  private static final int ROW = 3 * PAIR;

  private TwistedVectors() {}

  /** LDLᵀ from the top and UDUᵀ from the bottom. */
  static void factorise(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int at0,
      int at1,
      double[] x,
      double[] work) {
    DoubleVector tiny = broadcast(SPECIES, DoubleFormat.TINY_PIVOT);
    DoubleVector shift0 = fromArray(SPECIES, x, at0);
    DoubleVector shift1 = fromArray(SPECIES, x, at1);
    DoubleVector top0 = broadcast(SPECIES, d[dOffset]).sub(shift0).add(tiny);
    DoubleVector top1 = broadcast(SPECIES, d[dOffset]).sub(shift1).add(tiny);
    DoubleVector bottom0 = broadcast(SPECIES, d[dOffset + n - 1]).sub(shift0).add(tiny);
    DoubleVector bottom1 = broadcast(SPECIES, d[dOffset + n - 1]).sub(shift1).add(tiny);
    int upper = 0;
    int lower = (n - 2) * ROW;
    for (int i = 0; i < n - 1; i++) {
      int k = n - 2 - i;
      DoubleVector below = broadcast(SPECIES, e[eOffset + i]);
      DoubleVector above = broadcast(SPECIES, e[eOffset + k]);
      DoubleVector nextBelow = broadcast(SPECIES, d[dOffset + i + 1]);
      DoubleVector nextAbove = broadcast(SPECIES, d[dOffset + k]);
      DoubleVector down0 = below.neg().div(top0);
      DoubleVector down1 = below.neg().div(top1);
      DoubleVector up0 = above.neg().div(bottom0);
      DoubleVector up1 = above.neg().div(bottom1);
      top0.intoArray(work, upper + PIVOT);
      top1.intoArray(work, upper + PIVOT + COUNT);
      down0.intoArray(work, upper + DOWN);
      down1.intoArray(work, upper + DOWN + COUNT);
      up0.intoArray(work, lower + UP);
      up1.intoArray(work, lower + UP + COUNT);
      top0 = below.fma(down0, nextBelow.sub(shift0)).add(tiny);
      top1 = below.fma(down1, nextBelow.sub(shift1)).add(tiny);
      bottom0 = above.fma(up0, nextAbove.sub(shift0)).add(tiny);
      bottom1 = above.fma(up1, nextAbove.sub(shift1)).add(tiny);
      upper += ROW;
      lower -= ROW;
    }
    top0.intoArray(work, upper + PIVOT);
    top1.intoArray(work, upper + PIVOT + COUNT);
  }

  /**
   * Finds the row of the smallest |γ| and puts a 1 there in place of the pivot, and 0 in the
   * others.
   *
   * @param residuals overwritten by γ without its last bits, which are its key
   */
  static void chooseTwists(
      int n, double[] e, int eOffset, int at0, int at1, double[] residuals, double[] work) {
    LongVector sign = LongVector.broadcast(LONGS, DoubleFormat.SIGN);
    LongVector minusTwo = LongVector.broadcast(LONGS, -2);
    long key = key(n);
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE & ~key);
    LongVector index = LongVector.broadcast(LONGS, 2L * (n - 1));
    int row = (n - 1) * ROW;
    // γᵢ is the pivot of the factorisation that is twisted at row i; γₙ₋₁ is the last of LDLᵀ.
    LongVector gamma0 = fromArray(SPECIES, work, row + PIVOT).reinterpretAsLongs();
    LongVector gamma1 = fromArray(SPECIES, work, row + PIVOT + COUNT).reinterpretAsLongs();
    LongVector smallest0 =
        magnitude.and(gamma0).or(index).or(sign.and(gamma0).lanewise(VectorOperators.LSHR, 63));
    LongVector smallest1 =
        magnitude.and(gamma1).or(index).or(sign.and(gamma1).lanewise(VectorOperators.LSHR, 63));
    zero(SPECIES).intoArray(work, row + PIVOT);
    zero(SPECIES).intoArray(work, row + PIVOT + COUNT);
    int last = n - 1;
    for (int i = 0; i < last; i++) {
      row -= ROW;
      index = minusTwo.add(index);
      DoubleVector below = broadcast(SPECIES, e[eOffset + last - 1 - i]);
      gamma0 =
          below
              .fma(fromArray(SPECIES, work, row + UP), fromArray(SPECIES, work, row + PIVOT))
              .reinterpretAsLongs();
      gamma1 =
          below
              .fma(
                  fromArray(SPECIES, work, row + UP + COUNT),
                  fromArray(SPECIES, work, row + PIVOT + COUNT))
              .reinterpretAsLongs();
      zero(SPECIES).intoArray(work, row + PIVOT);
      zero(SPECIES).intoArray(work, row + PIVOT + COUNT);
      smallest0 =
          magnitude
              .and(gamma0)
              .or(index)
              .or(sign.and(gamma0).lanewise(VectorOperators.LSHR, 63))
              .min(smallest0);
      smallest1 =
          magnitude
              .and(gamma1)
              .or(index)
              .or(sign.and(gamma1).lanewise(VectorOperators.LSHR, 63))
              .min(smallest1);
    }
    ((DoubleVector) smallest0.reinterpretShape(SPECIES, 0)).intoArray(residuals, at0);
    ((DoubleVector) smallest1.reinterpretShape(SPECIES, 0)).intoArray(residuals, at1);
    for (int lane = 0; lane < COUNT; lane++) {
      work[twist(residuals[at0 + lane], key) * ROW + PIVOT + lane] = 1;
      work[twist(residuals[at1 + lane], key) * ROW + PIVOT + COUNT + lane] = 1;
    }
  }

  /** The low bits of |γ| that make room for twice the index of its row, and its sign. */
  private static long key(int n) {
    return (Long.highestOneBit(2L * n - 1) << 1) - 1;
  }

  private static int twist(double smallest, long key) {
    return (int) (Double.doubleToRawLongBits(smallest) & key) >> 1;
  }

  /**
   * Computes the vectors from the twist's row, where they are 1, to both ends, and writes them with
   * norm 1. What runs past the twist is 0.
   */
  static void substitute(
      int n,
      int at0,
      int at1,
      double[] corrections,
      double[] residuals,
      double[] work,
      double[] z,
      int z0,
      int ldz) {
    int last = (n - 1) * ROW;
    DoubleVector up0 = fromArray(SPECIES, work, last + PIVOT);
    DoubleVector up1 = fromArray(SPECIES, work, last + PIVOT + COUNT);
    DoubleVector down0 = fromArray(SPECIES, work, PIVOT);
    DoubleVector down1 = fromArray(SPECIES, work, PIVOT + COUNT);
    DoubleVector upSquares0 = up0.mul(up0);
    DoubleVector upSquares1 = up1.mul(up1);
    DoubleVector downSquares0 = zero(SPECIES);
    DoubleVector downSquares1 = zero(SPECIES);
    up0.intoArray(work, last + DOWN);
    up1.intoArray(work, last + DOWN + COUNT);
    int lower = last - ROW;
    for (int upper = 0; upper < last; upper += ROW) {
      DoubleVector unit0 = fromArray(SPECIES, work, upper + ROW + PIVOT);
      DoubleVector unit1 = fromArray(SPECIES, work, upper + ROW + PIVOT + COUNT);
      down0 = fromArray(SPECIES, work, upper + UP).fma(down0, unit0);
      down1 = fromArray(SPECIES, work, upper + UP + COUNT).fma(down1, unit1);
      DoubleVector product0 = down0.sub(unit0);
      DoubleVector product1 = down1.sub(unit1);
      up0 =
          fromArray(SPECIES, work, lower + DOWN).fma(up0, fromArray(SPECIES, work, lower + PIVOT));
      up1 =
          fromArray(SPECIES, work, lower + DOWN + COUNT)
              .fma(up1, fromArray(SPECIES, work, lower + PIVOT + COUNT));
      product0.intoArray(work, upper + UP);
      product1.intoArray(work, upper + UP + COUNT);
      up0.intoArray(work, lower + DOWN);
      up1.intoArray(work, lower + DOWN + COUNT);
      upSquares0 = up0.fma(up0, upSquares0);
      upSquares1 = up1.fma(up1, upSquares1);
      downSquares0 = product0.fma(product0, downSquares0);
      downSquares1 = product1.fma(product1, downSquares1);
      lower -= ROW;
    }
    DoubleVector squares0 = upSquares0.add(downSquares0);
    DoubleVector squares1 = upSquares1.add(downSquares1);
    DoubleVector inverseNorm0 = broadcast(SPECIES, 1).div(squares0.sqrt());
    DoubleVector inverseNorm1 = broadcast(SPECIES, 1).div(squares1.sqrt());
    LongVector one = LongVector.broadcast(LONGS, 1);
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE & ~key(n));
    LongVector smallest0 = fromArray(SPECIES, residuals, at0).reinterpretAsLongs();
    LongVector smallest1 = fromArray(SPECIES, residuals, at1).reinterpretAsLongs();
    LongVector absolute0 = magnitude.and(smallest0);
    LongVector absolute1 = magnitude.and(smallest1);
    LongVector gamma0 = absolute0.or(one.and(smallest0).lanewise(VectorOperators.LSHL, 63));
    LongVector gamma1 = absolute1.or(one.and(smallest1).lanewise(VectorOperators.LSHL, 63));
    ((DoubleVector) gamma0.reinterpretShape(SPECIES, 0)).div(squares0).intoArray(corrections, at0);
    ((DoubleVector) gamma1.reinterpretShape(SPECIES, 0)).div(squares1).intoArray(corrections, at1);
    inverseNorm0.mul(absolute0.reinterpretShape(SPECIES, 0)).intoArray(residuals, at0);
    inverseNorm1.mul(absolute1.reinterpretShape(SPECIES, 0)).intoArray(residuals, at1);
    int z1 = z0 + at1 - at0;
    // Elements too small to count must not become subnormal: every use of such a one would be slow.
    DoubleVector guard = broadcast(SPECIES, DoubleFormat.GUARD);
    fromArray(SPECIES, work, DOWN).add(guard).sub(guard).mul(inverseNorm0).intoArray(z, z0);
    fromArray(SPECIES, work, DOWN + COUNT).add(guard).sub(guard).mul(inverseNorm1).intoArray(z, z1);
    for (int i = 1; i < n; i++) {
      int row = i * ROW;
      fromArray(SPECIES, work, row + DOWN)
          .add(fromArray(SPECIES, work, row - ROW + UP))
          .add(guard)
          .sub(guard)
          .mul(inverseNorm0)
          .intoArray(z, z0 + i * ldz);
      fromArray(SPECIES, work, row + DOWN + COUNT)
          .add(fromArray(SPECIES, work, row - ROW + UP + COUNT))
          .add(guard)
          .sub(guard)
          .mul(inverseNorm1)
          .intoArray(z, z1 + i * ldz);
    }
  }
}
