package eigengrad.bench.truth;

import eigengrad.linalg.DenseMatrix;
import java.util.random.RandomGenerator;

/**
 * A covariance of order 8 with known eigenpairs: eigenvalues 1, ½, ¼, …, 2⁻⁷, but one of them is
 * moved towards the next until the two are apart by a chosen relative gap.
 *
 * <p>Its eigenvectors are those of a Hadamard matrix, ±1/√8, with random signs. So M is HΛHᵀ/8, a
 * sum of dyadic numbers: it is exact in double for gaps from 2⁻⁴⁵, in float32 from 2⁻¹⁶, and in
 * both for a gap of 0, whose tie is therefore one of the matrix itself and not of a neighbour.
 * Between, rounding moves the eigenvalues by u‖M‖ at most, and a smooth function's gradient by a
 * multiple of u‖M‖/λ₈ = 128u, which is part of every route's error.
 *
 * @param matrix M
 * @param spectrum its eigenpairs, not computed from it
 */
record TiedMatrix(DenseMatrix matrix, Spectrum spectrum) {
  static final int ORDER = 8;

  /**
   * A random one.
   *
   * @param pair index p of the larger of the two eigenvalues, counted from the largest
   * @param gap (λₚ − λₚ₊₁)/λₚ₊₁, from 0 to 1
   * @param random source of the eigenvectors
   */
  static TiedMatrix draw(int pair, double gap, RandomGenerator random) {
    return withSpectrum(values(pair, gap), random);
  }

  /** A matrix of given eigenvalues, exact in double where HΛHᵀ/8 is. */
  static TiedMatrix withSpectrum(double[] values, RandomGenerator random) {
    double[] hadamard = hadamard(random);
    double[] m = new double[ORDER * ORDER];
    double[] vectors = new double[ORDER * ORDER];
    for (int j = 0; j < ORDER; j++) {
      for (int i = 0; i < ORDER; i++) {
        double sum = 0;
        for (int k = 0; k < ORDER; k++) {
          sum += hadamard[i + k * ORDER] * hadamard[j + k * ORDER] * values[k];
        }
        m[i + j * ORDER] = sum / ORDER;
        vectors[i + j * ORDER] = hadamard[i + j * ORDER] / Math.sqrt(ORDER);
      }
    }
    return new TiedMatrix(
        DenseMatrix.wrap(ORDER, ORDER, m),
        new Spectrum(values, DenseMatrix.wrap(ORDER, ORDER, vectors)));
  }

  private static double[] values(int pair, double gap) {
    double[] values = new double[ORDER];
    for (int k = 0; k < ORDER; k++) {
      values[k] = Math.scalb(1.0, -k);
    }
    values[pair] = values[pair + 1] * (1 + gap);
    return values;
  }

  /** Elements ±1, columns orthogonal: rows of random sign, columns shifted by a random index. */
  private static double[] hadamard(RandomGenerator random) {
    int shift = random.nextInt(ORDER);
    double[] h = new double[ORDER * ORDER];
    for (int i = 0; i < ORDER; i++) {
      int sign = random.nextBoolean() ? 1 : -1;
      for (int j = 0; j < ORDER; j++) {
        h[i + j * ORDER] = Integer.bitCount(i & (j ^ shift)) % 2 == 0 ? sign : -sign;
      }
    }
    return h;
  }
}
