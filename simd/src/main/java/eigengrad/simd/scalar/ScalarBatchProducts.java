package eigengrad.simd.scalar;

import static eigengrad.simd.DoubleFormat.NEGLIGIBLE_SQUARE;
import static eigengrad.simd.LaneBlock.BLOCK;

import eigengrad.simd.BatchProducts;
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
        sum += a[aFirst + lane + k * step] * b[bFirst + lane + k * BLOCK];
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

  @Override
  public void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights) {
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        for (int lane = 0; lane < BLOCK; lane++) {
          weights[lane + (j * n + i) * BLOCK] =
              powerSum(
                  terms,
                  values[valuesOffset + lane + i * BLOCK],
                  values[valuesOffset + lane + j * BLOCK]);
        }
      }
    }
  }

  private static double powerSum(int terms, double x, double y) {
    if (x == y) {
      return 0;
    }
    double larger = Math.max(Math.abs(x), Math.abs(y));
    double power = (x / larger) * (y / larger);
    // 1 + q: from q itself it would cancel where the values are nearly opposite.
    double factor = Math.abs(x + y) / larger;
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
      factor *= 1 + power;
      power *= power;
    }
    return sum / larger;
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
        double rest = image[i] - values[lane] * v[i];
        sum += rest * rest;
      }
      residuals[lane] = Math.sqrt(sum);
    }
  }

  @Override
  public void normalize(int n, double[] image, double[] moving, double[] v) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double sum = 0;
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        sum += image[i] * image[i];
      }
      if (moving[lane] != 0 && sum > NEGLIGIBLE_SQUARE) {
        double norm = Math.sqrt(sum);
        for (int i = lane; i < n * BLOCK; i += BLOCK) {
          v[i] = image[i] / norm;
        }
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

  @Override
  public void unitVector(int n, double[] x, double[] unit, double[] norms) {
    dot(n, x, 0, BLOCK, x, 0, norms, 0);
    for (int lane = 0; lane < BLOCK; lane++) {
      boolean safe = norms[lane] >= NEGLIGIBLE_SQUARE && norms[lane] <= Double.MAX_VALUE;
      norms[lane] = safe ? Math.sqrt(norms[lane]) : Double.NaN;
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
        along += unit[i] * cotangent[i];
      }
      for (int i = lane; i < n * BLOCK; i += BLOCK) {
        cotangent[i] = (cotangent[i] - along * unit[i]) / norms[lane];
      }
    }
  }

  @Override
  public void deflate(int n, double[] image, double[] v, double[] a) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n * BLOCK; i++) {
        a[j * n * BLOCK + i] -= image[i] * v[j * BLOCK + i % BLOCK];
      }
    }
  }
}
