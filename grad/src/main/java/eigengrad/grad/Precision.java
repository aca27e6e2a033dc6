package eigengrad.grad;

/**
 * The floating-point format in which a method holds what it stores. Arithmetic is double either
 * way.
 *
 * <p>{@link #FLOAT32} rounds the matrix, the eigenpairs, the coefficients and the gradients to
 * single precision: it shows what a published single-precision implementation meets, where ties and
 * overflow come sooner. It makes nothing faster.
 */
public enum Precision {
  /** Kept as computed. */
  FLOAT64 {
    @Override
    double round(double x) {
      return x;
    }
  },
  /** Rounded to the nearest float; beyond its range, infinite. */
  FLOAT32 {
    @Override
    double round(double x) {
      return (float) x;
    }
  };

  abstract double round(double x);

  /** Rounds every element, in place. */
  void round(double[] x) {
    if (this != FLOAT64) {
      for (int i = 0; i < x.length; i++) {
        x[i] = round(x[i]);
      }
    }
  }

  /** A rounded copy; x itself where nothing is rounded. */
  double[] rounded(double[] x) {
    if (this == FLOAT64) {
      return x;
    }
    double[] copy = x.clone();
    round(copy);
    return copy;
  }
}
