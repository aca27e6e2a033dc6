package eigengrad.simd.scalar;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Tridiagonal;

/** Spectra of tridiagonal matrices, one shift or eigenvalue after the other. */
final class ScalarTridiagonal implements Tridiagonal {
  @Override
  public void secularSums(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    double sum = 0;
    double slope = 0;
    for (int i = 0; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope += term * inverse;
    }
    sums[0] = sum;
    sums[1] = slope;
  }

  @Override
  public void laguerreSteps(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int first,
      int count,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work) {
    for (int k = first; k < first + count; k++) {
      double shift = x[k];
      double p = d[dOffset] - shift;
      double slope = 1;
      double bend = 0;
      double pBefore = 1;
      double slopeBefore = 0;
      double bendBefore = 0;
      long changes = Double.doubleToRawLongBits(p) >>> 63;
      for (int row = 1; row < n; row++) {
        double e = negatedSquares[squaresOffset + row - 1];
        double a = d[dOffset + row] - shift;
        double bendNext = a * bend + (e * bendBefore + slope);
        double slopeNext = a * slope + (e * slopeBefore + p);
        double pNext = a * p + e * pBefore;
        changes += (Double.doubleToRawLongBits(pNext) ^ Double.doubleToRawLongBits(p)) >>> 63;
        bendBefore = bend;
        bend = bendNext;
        slopeBefore = slope;
        slope = slopeNext;
        pBefore = p;
        p = pNext;
        if (row % DoubleFormat.STURM_ROWS == 0) {
          double scale =
              Math.scalb(1.0, -Math.getExponent(Math.max(Math.abs(p), Math.abs(pBefore))));
          p *= scale;
          slope *= scale;
          bend *= scale;
          pBefore *= scale;
          slopeBefore *= scale;
          bendBefore *= scale;
        }
      }
      below[k] = changes;
      double discriminant = (n - 1) * ((n - 1) * slope * slope - 2.0 * n * p * bend);
      double root = Math.sqrt(Math.max(discriminant, 0));
      double step = n * p / (slope + Math.copySign(root, slope));
      double steepness = Math.abs(slope);
      near[k] = step;
      far[k] = -step * ((root + steepness) / Math.max(root - steepness, 0));
    }
  }

  @Override
  public void twistedVectors(
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
    int downward = n;
    int pivots = 2 * n;
    for (int k = first; k < first + count; k++) {
      double shift = x[k];
      double pivot = d[dOffset] - shift + DoubleFormat.TINY_PIVOT;
      for (int i = 0; i < n - 1; i++) {
        work[pivots + i] = pivot;
        work[i] = -e[eOffset + i] / pivot;
        pivot = d[dOffset + i + 1] - shift + e[eOffset + i] * work[i] + DoubleFormat.TINY_PIVOT;
      }
      int twist = n - 1;
      double gamma = pivot;
      pivot = d[dOffset + n - 1] - shift + DoubleFormat.TINY_PIVOT;
      for (int i = n - 2; i >= 0; i--) {
        work[downward + i] = -e[eOffset + i] / pivot;
        double change = e[eOffset + i] * work[downward + i];
        double candidate = work[pivots + i] + change;
        if (Math.abs(candidate) < Math.abs(gamma)) {
          gamma = candidate;
          twist = i;
        }
        pivot = d[dOffset + i] - shift + change + DoubleFormat.TINY_PIVOT;
      }
      double element = 1;
      double squares = 1;
      work[pivots + twist] = 1;
      for (int i = twist - 1; i >= 0; i--) {
        element *= work[i];
        work[pivots + i] = element;
        squares += element * element;
      }
      element = 1;
      for (int i = twist + 1; i < n; i++) {
        element *= work[downward + i - 1];
        work[pivots + i] = element;
        squares += element * element;
      }
      double inverseNorm = 1 / Math.sqrt(squares);
      corrections[k] = gamma / squares;
      residuals[k] = Math.abs(gamma) * inverseNorm;
      for (int i = 0; i < n; i++) {
        double guarded = work[pivots + i] + DoubleFormat.GUARD - DoubleFormat.GUARD;
        z[zOffset + k - first + i * ldz] = guarded * inverseNorm;
      }
    }
  }
}
