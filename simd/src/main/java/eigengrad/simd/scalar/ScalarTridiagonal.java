package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Tridiagonal;

/** Spectra of tridiagonal matrices, one shift or eigenvalue after the other. */
final class ScalarTridiagonal implements Tridiagonal {
  private final int lanes;

  ScalarTridiagonal(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public void secularSums(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    int whole = n - n % lanes;
    SecularSums.of(lanes, whole, weights, weightOffset, gaps, gapOffset, tau, sums);
    for (int i = whole; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sums[0] += term;
      sums[1] += term * inverse;
    }
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
      int row = 1;
      do {
        int stop = Math.min(row + DoubleFormat.STURM_ROWS, n);
        for (; row < stop; row++) {
          double e = negatedSquares[squaresOffset + row - 1];
          double a = d[dOffset + row] - shift;
          double bendNext = multiplyAdd(a, bend, multiplyAdd(e, bendBefore, slope));
          double slopeNext = multiplyAdd(a, slope, multiplyAdd(e, slopeBefore, p));
          double pNext = multiplyAdd(a, p, e * pBefore);
          changes += (Double.doubleToRawLongBits(pNext) ^ Double.doubleToRawLongBits(p)) >>> 63;
          bendBefore = bend;
          bend = bendNext;
          slopeBefore = slope;
          slope = slopeNext;
          pBefore = p;
          p = pNext;
        }
        double scale = inverseScale(p, pBefore);
        p *= scale;
        slope *= scale;
        bend *= scale;
        pBefore *= scale;
        slopeBefore *= scale;
        bendBefore *= scale;
      } while (row < n);
      below[k] = changes;
      double twiceCurvature = p * bend * (n + n);
      double discriminant = (slope * slope * (n - 1) - twiceCurvature) * (n - 1);
      double root = Math.sqrt(Math.max(discriminant, 0));
      double step = p * n / (slope + Math.copySign(root, slope));
      double steepness = Math.abs(slope);
      double ratio = (root + steepness) / Math.max(root - steepness, 0);
      near[k] = step;
      far[k] = -(step * ratio);
    }
  }

  /** The power of two that brings the larger of both to [1, 2). */
  private static double inverseScale(double p, double q) {
    long larger =
        Math.max(
            DoubleFormat.EXPONENT & Double.doubleToRawLongBits(p),
            DoubleFormat.EXPONENT & Double.doubleToRawLongBits(q));
    return Double.longBitsToDouble(DoubleFormat.TWICE_BIAS - larger);
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
    for (int k = first; k < first + count; k++) {
      TwistedVector.factorise(n, d, dOffset, e, eOffset, x[k], work);
      long smallest = TwistedVector.chooseTwist(n, e, eOffset, work);
      double squares = TwistedVector.substitute(n, work);
      double inverseNorm = 1 / Math.sqrt(squares);
      corrections[k] = TwistedVector.gamma(n, smallest) / squares;
      residuals[k] = inverseNorm * Math.abs(TwistedVector.gamma(n, smallest));
      TwistedVector.write(n, inverseNorm, work, z, zOffset + k - first, ldz);
    }
  }
}
