package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.BatchProducts;
import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Transpose;
import eigengrad.simd.scalar.ScalarBatchProducts;
import jdk.incubator.vector.DoubleVector;

/** As many matrices at a time as a vector has lanes. */
final class VectorBatchProducts implements BatchProducts {
  private static final BatchProducts SCALAR = new ScalarBatchProducts();

  @Override
  public void multiplyTransposed(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      BatchTiles.multiply(false, n, a, aOffset + lane, b, bOffset + lane, c, cOffset + lane);
    }
  }

  @Override
  public void multiplySymmetric(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      BatchTiles.multiply(true, n, a, aOffset + lane, b, bOffset + lane, c, cOffset + lane);
      BatchTiles.mirror(n, c, cOffset + lane);
    }
  }

  @Override
  public void transpose(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < BLOCK; lane += COUNT) {
          fromArray(SPECIES, a, aOffset + lane + (i * n + j) * BLOCK)
              .intoArray(b, bOffset + lane + (j * n + i) * BLOCK);
        }
      }
    }
  }

  @Override
  public void scaleRows(
      int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          int at = lane + (j * n + i) * BLOCK;
          fromArray(SPECIES, a, aOffset + at)
              .mul(fromArray(SPECIES, d, dOffset + lane + i * BLOCK))
              .intoArray(b, bOffset + at);
        }
      }
    }
  }

  @Override
  public void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        int below = (j * n + i) * BLOCK;
        int right = (i * n + j) * BLOCK;
        for (int lane = 0; lane < BLOCK; lane += COUNT) {
          DoubleVector one = fromArray(SPECIES, a, aOffset + lane + below);
          DoubleVector other = fromArray(SPECIES, a, aOffset + lane + right);
          DoubleVector mean = other.sub(one).mul(0.5).add(one);
          mean.intoArray(b, bOffset + lane + below);
          mean.intoArray(b, bOffset + lane + right);
        }
      }
    }
  }

  @Override
  public void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights) {
    if (Lanes.COUNT < 4) {
      // C2 has no masks of two lanes on x86: each comparison would be boxed.
      SCALAR.powerSums(n, terms, values, valuesOffset, weights);
    } else {
      for (int lane = 0; lane < BLOCK; lane += COUNT) {
        BatchPowerSums.sum(n, terms, values, valuesOffset + lane, weights, lane);
      }
    }
  }

  @Override
  public void weighSkewPart(
      int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        fromArray(SPECIES, d, dOffset + lane + j * BLOCK)
            .intoArray(c, cOffset + lane + j * (n + 1) * BLOCK);
        for (int i = j + 1; i < n; i++) {
          int below = lane + (j * n + i) * BLOCK;
          int right = cOffset + lane + (i * n + j) * BLOCK;
          DoubleVector weighed =
              fromArray(SPECIES, c, right)
                  .sub(fromArray(SPECIES, c, cOffset + below))
                  .mul(fromArray(SPECIES, weights, below).mul(0.5));
          weighed.intoArray(c, cOffset + below);
          weighed.intoArray(c, right);
        }
      }
    }
  }

  @Override
  public void weigh(int n, double[] weights, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          int below = lane + (j * n + i) * BLOCK;
          DoubleVector weighed =
              fromArray(SPECIES, c, cOffset + below).mul(fromArray(SPECIES, weights, below));
          weighed.intoArray(c, cOffset + below);
          weighed.intoArray(c, cOffset + lane + (i * n + j) * BLOCK);
        }
      }
    }
  }

  @Override
  public void powerStep(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals) {
    multiplyVector(Transpose.NO, n, a, v, image);
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      figures(n, v, image, lane, values, residuals);
    }
  }

  private static void figures(
      int n, double[] v, double[] image, int lane, double[] values, double[] residuals) {
    DoubleVector value = zero(SPECIES);
    for (int i = lane; i < n * BLOCK; i += BLOCK) {
      value = fromArray(SPECIES, v, i).fma(fromArray(SPECIES, image, i), value);
    }
    value.intoArray(values, lane);
    DoubleVector minusValue = value.neg();
    DoubleVector sum = zero(SPECIES);
    for (int i = lane; i < n * BLOCK; i += BLOCK) {
      DoubleVector rest = fromArray(SPECIES, v, i).fma(minusValue, fromArray(SPECIES, image, i));
      sum = rest.fma(rest, sum);
    }
    sum.sqrt().intoArray(residuals, lane);
  }

  /** Without masks: 1 or 0 for what moves, times the new vector, and the rest of the old one. */
  @Override
  public void normalize(int n, double[] image, double[] moving, double[] v) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector sum = zero(SPECIES);
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        DoubleVector x = fromArray(SPECIES, image, i);
        sum = x.fma(x, sum);
      }
      DoubleVector share =
          sum.sub(DoubleFormat.NEGLIGIBLE_SQUARE)
              .mul(DoubleFormat.LARGE)
              .mul(DoubleFormat.LARGE)
              .max(0)
              .min(1)
              .mul(fromArray(SPECIES, moving, lane));
      DoubleVector kept = broadcast(SPECIES, 1).sub(share);
      DoubleVector factor = share.div(sum.max(DoubleFormat.NEGLIGIBLE_SQUARE).sqrt());
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        fromArray(SPECIES, image, i)
            .mul(factor)
            .add(fromArray(SPECIES, v, i).mul(kept))
            .intoArray(v, i);
      }
    }
  }

  @Override
  public void deflate(int n, double[] image, double[] v, double[] a) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        DoubleVector minusV = fromArray(SPECIES, v, lane + j * BLOCK).neg();
        int column = lane + j * n * BLOCK;
        for (int i = 0; i < n * BLOCK; i += BLOCK) {
          fromArray(SPECIES, image, lane + i)
              .fma(minusV, fromArray(SPECIES, a, column + i))
              .intoArray(a, column + i);
        }
      }
    }
  }

  @Override
  public void multiplyVector(Transpose transposeA, int n, double[] a, double[] x, double[] y) {
    boolean plain = transposeA == Transpose.NO;
    int row = plain ? BLOCK : n * BLOCK;
    int column = plain ? n * BLOCK : BLOCK;
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      BatchMatrixVector.multiply(n, a, row, column, x, y, lane);
    }
  }

  /** Without masks: 0·√(‖x‖² − 2⁻⁹⁰⁰) is 0 where the norm is safe, and NaN elsewhere. */
  @Override
  public void unitVector(int n, double[] x, double[] unit, double[] norms) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector square = zero(SPECIES);
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        DoubleVector xi = fromArray(SPECIES, x, i);
        square = xi.fma(xi, square);
      }
      DoubleVector unsafe = square.sub(DoubleFormat.NEGLIGIBLE_SQUARE).sqrt().mul(0);
      DoubleVector norm = square.sqrt().add(unsafe);
      norm.intoArray(norms, lane);
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        fromArray(SPECIES, x, i).div(norm).intoArray(unit, i);
      }
    }
  }

  @Override
  public void unitVectorCotangent(int n, double[] unit, double[] norms, double[] cotangent) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector along = zero(SPECIES);
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        along = fromArray(SPECIES, unit, i).fma(fromArray(SPECIES, cotangent, i), along);
      }
      DoubleVector minusAlong = along.neg();
      DoubleVector norm = fromArray(SPECIES, norms, lane);
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        fromArray(SPECIES, unit, i)
            .fma(minusAlong, fromArray(SPECIES, cotangent, i))
            .div(norm)
            .intoArray(cotangent, i);
      }
    }
  }
}
