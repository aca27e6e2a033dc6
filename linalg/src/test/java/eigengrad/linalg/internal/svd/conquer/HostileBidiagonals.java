package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Bidiagonal matrices that have been hard for solvers, rebuilt from their published rules. */
public final class HostileBidiagonals {
  private static final double ULP = 0x1p-52;

  private HostileBidiagonals() {}

  /**
   * An upper bidiagonal matrix B.
   *
   * @param d n diagonal elements
   * @param e n − 1 elements above them
   */
  public record Bidiagonal(double[] d, double[] e) {
    public static Bidiagonal of(int n, IntToDoubleFunction d, IntToDoubleFunction e) {
      return new Bidiagonal(
          IntStream.range(0, n).mapToDouble(d).toArray(),
          IntStream.range(0, Math.max(n - 1, 0)).mapToDouble(e).toArray());
    }

    public int size() {
      return d.length;
    }

    public DenseMatrix dense() {
      int n = d.length;
      double[] a = new double[n * n];
      for (int i = 0; i < n; i++) {
        a[i + i * n] = d[i];
        if (i + 1 < n) {
          a[i + (i + 1) * n] = e[i];
        }
      }
      return DenseMatrix.wrap(n, n, a);
    }

    /** How many singular values are below x &gt; 0, by the signs of the Golub-Kahan pivots. */
    int below(double x) {
      int n = d.length;
      int negative = 0;
      double pivot = -x;
      for (int i = 0; i < 2 * n; i++) {
        if (i > 0) {
          double b = i % 2 == 1 ? d[i / 2] : e[i / 2 - 1];
          pivot = -x - b / pivot * b;
        }
        pivot = Math.abs(pivot) < 0x1p-1000 ? -0x1p-1000 : pivot;
        negative += pivot < 0 ? 1 : 0;
      }
      return negative - n;
    }

    public Bidiagonal scaledToOne() {
      double scale = Math.scalb(1.0, -Math.getExponent(Math.max(norm(this), Double.MIN_NORMAL)));
      return Bidiagonal.of(d.length, i -> d[i] * scale, i -> e[i] * scale);
    }

    public Bidiagonal with(int i, double diagonal) {
      double[] changed = d.clone();
      changed[i] = diagonal;
      return new Bidiagonal(changed, e);
    }

    public Bidiagonal without(int i) {
      double[] changed = e.clone();
      changed[i] = 0;
      return new Bidiagonal(d, changed);
    }
  }

  public static Bidiagonal random(int n, long seed) {
    Random random = new Random(seed);
    return Bidiagonal.of(n, i -> random.nextGaussian(), i -> random.nextGaussian());
  }

  /** As it comes from a random matrix: χ-distributed elements, singular values well separated. */
  public static Bidiagonal reducedFromRandom(int n, long seed) {
    Random random = new Random(seed);
    double scale = 0.7 / Math.sqrt(n);
    return Bidiagonal.of(
        n, i -> scale * chi(random, n - i), i -> scale * chi(random, Math.max(n - 1 - i, 1)));
  }

  private static double chi(Random random, int degrees) {
    double squares = 0;
    for (int i = 0; i < degrees; i++) {
      double x = random.nextGaussian();
      squares += x * x;
    }
    return Math.sqrt(squares);
  }

  /** With given singular values: a matrix that has them, reduced by Householder reflections. */
  public static Bidiagonal withValues(double[] values, long seed) {
    int n = values.length;
    Random random = new Random(seed);
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = values[i];
    }
    reflect(a, 0, 0, random.doubles(n, -1, 1).toArray(), true);
    reflect(a, 0, 0, random.doubles(n, -1, 1).toArray(), false);
    for (int k = 0; k < n; k++) {
      int at = k;
      reflect(a, k, k, axisTo(IntStream.range(k, n).mapToDouble(i -> a[i][at]).toArray()), true);
      if (k < n - 2) {
        double[] row = Arrays.copyOfRange(a[k], k + 1, n);
        reflect(a, k, k + 1, axisTo(row), false);
      }
    }
    return Bidiagonal.of(n, i -> a[i][i], i -> a[i][i + 1]);
  }

  /** What to reflect at so that x ends on the first axis. */
  private static double[] axisTo(double[] x) {
    double norm = 0;
    for (double element : x) {
      norm = Math.hypot(norm, element);
    }
    x[0] += Math.copySign(norm, x[0]);
    return x;
  }

  /** Reflects the rows from one on, or the columns, of what is below and right of an element. */
  private static void reflect(double[][] a, int row, int column, double[] w, boolean rows) {
    int n = a.length;
    double square = Arrays.stream(w).map(x -> x * x).sum();
    if (square == 0) {
      return;
    }
    for (int j = rows ? column : row; j < n; j++) {
      double product = 0;
      for (int i = 0; i < w.length; i++) {
        product += w[i] * (rows ? a[row + i][j] : a[j][column + i]);
      }
      for (int i = 0; i < w.length; i++) {
        double change = 2 * product / square * w[i];
        if (rows) {
          a[row + i][j] -= change;
        } else {
          a[j][column + i] -= change;
        }
      }
    }
  }

  /** All of one order, scaled to elements of less than 2. */
  public static Map<String, Bidiagonal> all(int n) {
    Map<String, Bidiagonal> all = new LinkedHashMap<>();
    Random random = new Random(n);
    Bidiagonal gaussian = random(n, n);
    all.put("random", gaussian);
    all.put("of a random matrix", reducedFromRandom(n, n));
    all.put("zero", Bidiagonal.of(n, i -> 0, i -> 0));
    all.put("identity", Bidiagonal.of(n, i -> 1, i -> 0));
    all.put("all ones", Bidiagonal.of(n, i -> 1, i -> 1));
    all.put("no diagonal", Bidiagonal.of(n, i -> 0, i -> 1 + i / (2.0 * n)));
    all.put("diagonal, even", Bidiagonal.of(n, i -> 1 - i * (1 - ULP) / n, i -> 0));
    all.put("diagonal, geometric", Bidiagonal.of(n, i -> Math.pow(ULP, i / (double) n), i -> 0));
    all.put("diagonal, clustered", Bidiagonal.of(n, i -> i == 0 ? 1 : ULP, i -> 0));
    all.put(
        "log-uniform",
        Bidiagonal.of(n, i -> i == 0 ? 1 : logUniform(random), i -> logUniform(random)));
    all.put(
        "graded down",
        Bidiagonal.of(n, i -> Math.pow(10, -300.0 * i / n), i -> Math.pow(10, -300.0 * i / n)));
    all.put(
        "graded up",
        Bidiagonal.of(
            n,
            i -> Math.pow(10, -300.0 * (n - 1 - i) / n),
            i -> Math.pow(10, -300.0 * (n - 1 - i) / n)));
    all.put(
        "graded gently",
        Bidiagonal.of(n, i -> Math.pow(10, -10.0 * i / n), i -> Math.pow(10, -10.0 * i / n)));
    all.put("Kahan", Bidiagonal.of(n, i -> 1, i -> 1.9));
    all.put("nearly a multiple of orthogonal", Bidiagonal.of(n, i -> 1, i -> 1e-13 * (i % 3)));
    all.put("nearly diagonal", Bidiagonal.of(n, i -> 1 - i * 0x1p-40, i -> 1e-9));
    all.put(
        "two clusters", Bidiagonal.of(n, i -> i % 2 == 0 ? 1 : 1e-7, i -> i % 2 == 0 ? 1e-9 : 0.5));
    all.put("one huge", Bidiagonal.of(n, i -> i == n / 2 ? 1 : 1e-12, i -> 3e-12));
    all.put(
        "glued",
        Bidiagonal.of(n, i -> 1 - Math.abs(i % 21 - 10) / 20.0, i -> i % 21 == 20 ? 1e-14 : 0.5));
    all.put("values even", withValues(values(n, i -> 1 - i * (1 - ULP) / n), n));
    all.put("values geometric", withValues(values(n, i -> Math.pow(ULP, i / (double) n)), n));
    all.put("values clustered", withValues(values(n, i -> i == 0 ? 1 : ULP), n));
    all.put("values equal", withValues(values(n, i -> 1), n));
    all.put("values in two clusters", withValues(values(n, i -> i % 2 == 0 ? 1 : 1e-8), n));
    all.put("values of low rank", withValues(values(n, i -> i < n / 3 ? 1 - i / (2.0 * n) : 0), n));
    if (n > 0) {
      all.put("zero first", gaussian.with(0, 0));
      all.put("zero last", gaussian.with(n - 1, 0));
      all.put("zero in the middle", gaussian.with(n / 2, 0));
      all.put("tiny in the middle", gaussian.with(n / 2, 1e-20));
      all.put("two zeros", gaussian.with(n / 3, 0).with(2 * n / 3, 0));
    }
    if (n > 2) {
      all.put("uncoupled in the middle", gaussian.without(n / 2 - 1));
      all.put("uncoupled at the ends", gaussian.without(0).without(n - 2));
      all.put("uncoupled, zero above", gaussian.without(n / 2).with(n / 2, 0));
      all.put("uncoupled, zero below", gaussian.without(n / 2 - 1).with(n / 2, 0));
    }
    all.replaceAll((name, b) -> b.scaledToOne());
    return all;
  }

  private static double[] values(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }

  private static double logUniform(Random random) {
    return Math.exp(2 * Math.log(ULP) * random.nextDouble());
  }

  static double norm(Bidiagonal b) {
    return Math.max(
        Arrays.stream(b.d).map(Math::abs).max().orElse(0),
        Arrays.stream(b.e).map(Math::abs).max().orElse(0));
  }
}
