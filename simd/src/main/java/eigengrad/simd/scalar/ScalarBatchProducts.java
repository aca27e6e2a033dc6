package eigengrad.simd.scalar;

import static eigengrad.simd.DoubleFormat.NEGLIGIBLE_SQUARE;
import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.BLOCK;

import eigengrad.simd.BatchProducts;
import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Transpose;

/** One element of one matrix after the other, as plain loops. */
public final class ScalarBatchProducts implements BatchProducts {
  /** Plain loops. */
  public ScalarBatchProducts() {}

  @Override
  public void multiplyTransposed(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        int target = cOffset + (j * n + i) * BLOCK;
        dot(n, a, aOffset + i * n * BLOCK, BLOCK, b, bOffset + j * n * BLOCK, c, target);
      }
    }
  }

  @Override
  public void multiplySymmetric(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        int below = cOffset + (j * n + i) * BLOCK;
        dot(n, a, aOffset + i * n * BLOCK, BLOCK, b, bOffset + j * n * BLOCK, c, below);
        System.arraycopy(c, below, c, cOffset + (i * n + j) * BLOCK, BLOCK);
      }
    }
  }

  @Override
  public void transpose(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        int from = aOffset + (i * n + j) * BLOCK;
        System.arraycopy(a, from, b, bOffset + (j * n + i) * BLOCK, BLOCK);
      }
    }
  }

  /** One element of each matrix: terms of A lie step apart, those of B one after the other. */
  private static void dot(
      int n, double[] a, int aFirst, int step, double[] b, int bFirst, double[] c, int target) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum = multiplyAdd(a[aFirst + lane + k * step], b[bFirst + lane + k * BLOCK], sum);
      }
      c[target + lane] = sum;
    }
  }

  @Override
  public void scaleRows(
      int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset) {
    for (int i = 0; i < n * n; i++) {
      for (int lane = 0; lane < BLOCK; lane++) {
        b[bOffset + lane + i * BLOCK] =
            a[aOffset + lane + i * BLOCK] * d[dOffset + lane + i % n * BLOCK];
      }
    }
  }

  @Override
  public void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        for (int lane = 0; lane < BLOCK; lane++) {
          int below = lane + (j * n + i) * BLOCK;
          int right = lane + (i * n + j) * BLOCK;
          double one = a[aOffset + below];
          double mean = 0.5 * (a[aOffset + right] - one) + one;
          b[bOffset + below] = mean;
          b[bOffset + right] = mean;
        }
      }
    }
  }

  /** The only divisions are 1/|λ|, kept on the diagonal. */
  @Override
  public void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights) {
    for (int lane = 0; lane < BLOCK; lane++) {
      int first = valuesOffset + lane;
      for (int j = 0; j < n; j++) {
        weights[lane + j * (n + 1) * BLOCK] = 1 / Math.abs(values[first + j * BLOCK]);
      }
      for (int j = 0; j < n; j++) {
        for (int i = j + 1; i < n; i++) {
          double inverse =
              Math.min(weights[lane + i * (n + 1) * BLOCK], weights[lane + j * (n + 1) * BLOCK]);
          weights[lane + (j * n + i) * BLOCK] =
              powerSum(terms, values[first + i * BLOCK], values[first + j * BLOCK], inverse);
        }
      }
    }
  }

  private static double powerSum(int terms, double x, double y, double inverse) {
    double power = (x * inverse) * (y * inverse);
    // 1 + q: from q itself it would cancel where the values are nearly opposite.
    double factor = Math.abs(x + y) * inverse;
    double sum = 0;
    if ((terms & 1) == 1) {
      sum = 1;
      factor *= power;
    }
    power *= power;
    for (int left = terms >> 1; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        sum += factor;
        factor *= power;
      }
      factor = multiplyAdd(factor, power, factor);
      power *= power;
    }
    return x == y ? 0 : sum * inverse;
  }

  @Override
  public void weighSkewPart(
      int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        c[cOffset + lane + j * (n + 1) * BLOCK] = d[dOffset + lane + j * BLOCK];
        for (int i = j + 1; i < n; i++) {
          int below = lane + (j * n + i) * BLOCK;
          int right = cOffset + lane + (i * n + j) * BLOCK;
          c[right] = (c[right] - c[cOffset + below]) * (0.5 * weights[below]);
          c[cOffset + below] = c[right];
        }
      }
    }
  }

  @Override
  public void weigh(int n, double[] weights, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          int below = lane + (j * n + i) * BLOCK;
          c[cOffset + below] *= weights[below];
          c[cOffset + lane + (i * n + j) * BLOCK] = c[cOffset + below];
        }
      }
    }
  }

  @Override
  public void powerStep(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals) {
    for (int i = 0; i < n; i++) {
      dot(n, a, i * BLOCK, n * BLOCK, v, 0, image, i * BLOCK);
    }
    dot(n, v, 0, BLOCK, image, 0, values, 0);
    for (int lane = 0; lane < BLOCK; lane++) {
      double sum = 0;
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        double rest = multiplyAdd(v[i], -values[lane], image[i]);
        sum = multiplyAdd(rest, rest, sum);
      }
      residuals[lane] = Math.sqrt(sum);
    }
  }

  /** 1 or 0 for what moves, times the new vector, and the rest of the old one. */
  @Override
  public void normalize(int n, double[] image, double[] moving, double[] v) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double sum = 0;
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        sum = multiplyAdd(image[i], image[i], sum);
      }
      double above = (sum - NEGLIGIBLE_SQUARE) * DoubleFormat.LARGE * DoubleFormat.LARGE;
      double share = Math.min(Math.max(above, 0), 1) * moving[lane];
      double kept = 1 - share;
      double factor = share / Math.sqrt(Math.max(sum, NEGLIGIBLE_SQUARE));
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        v[i] = image[i] * factor + v[i] * kept;
      }
    }
  }

  @Override
  public void multiplyVector(Transpose transposeA, int n, double[] a, double[] x, double[] y) {
    boolean plain = transposeA == Transpose.NO;
    int row = plain ? BLOCK : n * BLOCK;
    int step = plain ? n * BLOCK : BLOCK;
    for (int i = 0; i < n; i++) {
      dot(n, a, i * row, step, x, 0, y, i * BLOCK);
    }
  }

  /** 0·√(‖x‖² − 2⁻⁹⁰⁰) is 0 where the norm is safe, and NaN elsewhere. */
  @Override
  public void unitVector(int n, double[] x, double[] unit, double[] norms) {
    dot(n, x, 0, BLOCK, x, 0, norms, 0);
    for (int lane = 0; lane < BLOCK; lane++) {
      double square = norms[lane];
      norms[lane] = Math.sqrt(square) + Math.sqrt(square - NEGLIGIBLE_SQUARE) * 0;
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        unit[i] = x[i] / norms[lane];
      }
    }
  }

  @Override
  public void unitVectorCotangent(int n, double[] unit, double[] norms, double[] cotangent) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double along = 0;
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        along = multiplyAdd(unit[i], cotangent[i], along);
      }
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        cotangent[i] = multiplyAdd(unit[i], -along, cotangent[i]) / norms[lane];
      }
    }
  }

  @Override
  public void deflate(int n, double[] image, double[] v, double[] a) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n * BLOCK; i++) {
        int at = j * n * BLOCK + i;
        a[at] = multiplyAdd(image[i], -v[j * BLOCK + i % BLOCK], a[at]);
      }
    }
  }
}
