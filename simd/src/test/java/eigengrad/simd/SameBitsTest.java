package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Plain loops and SIMD kernels of the same lanes compute the same bits. */
class SameBitsTest {
  private static final int LARGEST = 43;

  /** Two of these on a line never overlap. */
  private static final int LD = LARGEST + 5;

  private static final double[] ALPHAS = {1, -1.3, 0};
  private static final double[] BETAS = {0, 1, 0.5};

  private final Random random = new Random(1);

  /** Zeros of both signs, and magnitudes of which sums lose digits. */
  private double[] numbers(int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(12);
      numbers[i] =
          kind == 0
              ? 0
              : kind == 1 ? -0.0 : Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(40) - 20);
    }
    return numbers;
  }

  /** Runs it on both sets and equal copies of the operands. */
  private static void compare(String what, double[][] operands, Call call) {
    double[][] expected = copies(operands);
    double[][] actual = copies(operands);
    call.run(Kernels.scalar(), expected);
    call.run(Samples.compiled(), actual);
    for (int i = 0; i < operands.length; i++) {
      assertArrayEquals(bits(expected[i]), bits(actual[i]), what + ", operand " + i);
    }
  }

  /** A kernel on its operands, which receive all results. */
  private interface Call {
    void run(KernelSet kernels, double[][] operands);
  }

  private static double[][] copies(double[][] operands) {
    double[][] copies = new double[operands.length][];
    Arrays.setAll(copies, i -> operands[i].clone());
    return copies;
  }

  private static long[] bits(double[] numbers) {
    return Arrays.stream(numbers).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static void sizes(Consumer<Integer> test) {
    for (int n = 0; n <= LARGEST; n++) {
      test.accept(n);
    }
  }

  @Test
  void level1_everySize_isTheSame() {
    for (int trial = 0; trial < 300; trial++) {
      int n = trial < 2 * LARGEST ? trial / 2 : random.nextInt(300);
      compare(
          "level 1 of length " + n,
          new double[][] {numbers(400), numbers(400), new double[4]},
          (kernels, o) -> {
            Level1 level1 = kernels.level1();
            o[2][0] = level1.dot(n, o[0], 3, o[1], 0);
            o[2][1] = level1.maxAbs(n, o[0], 1);
            o[2][2] = n == 0 ? 0 : level1.elementOfMaxAbs(n, o[1], 2);
            o[2][3] = level1.norm(n, o[1], 1);
            level1.axpy(n, -1.3, o[0], 1, o[1], 2);
            level1.scale(n, 0.3, o[0], 1);
            level1.rotate(n, o[0], 2, o[1], 1, 0.8, -0.6);
          });
    }
    double[] cosines = numbers(8);
    double[] sines = numbers(8);
    sizes(
        m ->
            compare(
                "rotations of height " + m,
                new double[][] {numbers(8 * LD)},
                (kernels, o) -> kernels.level1().rotateChain(m, 6, o[0], 1, LD, cosines, sines)));
  }

  @Test
  void level2_everySizeAndFactor_isTheSame() {
    sizes(
        m -> {
          int n = random.nextInt(LARGEST);
          double alpha = ALPHAS[m % 3];
          double beta = BETAS[n % 3];
          double[][] operands = {numbers(LD * LD), numbers(LD), numbers(LD), numbers(LD)};
          compare(
              m + "×" + n,
              operands,
              (kernels, o) -> {
                Level2 level2 = kernels.level2();
                level2.gemv(m, n, alpha, o[0], 2, LD, o[1], 1, beta, o[2], 3);
                level2.gemvTransposed(m, n, alpha, o[0], 2, LD, o[1], 1, beta, o[3], 3);
                level2.symv(m, alpha, o[0], 1, LD, o[1], 1, beta, o[2], 0);
                level2.ger(m, n, alpha, o[1], 0, o[2], 1, o[0], 3, LD);
              });
        });
  }

  @Test
  void products_everySizeAndFactor_areTheSame() {
    for (int trial = 0; trial < 200; trial++) {
      int m = random.nextInt(LARGEST);
      int n = random.nextInt(LARGEST);
      int k = random.nextInt(LARGEST);
      Transpose a = trial % 2 == 0 ? Transpose.NO : Transpose.YES;
      Transpose b = trial % 4 < 2 ? Transpose.NO : Transpose.YES;
      double alpha = ALPHAS[trial % 3];
      double beta = BETAS[trial / 3 % 3];
      double[][] operands = {numbers(LD * LD), numbers(LD * LD), numbers(LD * LD)};
      compare(
          m + "×" + n + "×" + k + " " + a + " " + b,
          operands,
          (kernels, o) ->
              new Gemm(kernels)
                  .multiply(a, b, m, n, k, alpha, o[0], 1, LD, o[1], 2, LD, beta, o[2], 3, LD));
      compare(
          "lower " + n + "×" + k + " " + a,
          operands,
          (kernels, o) -> new Gemm(kernels).syrk(a, n, k, alpha, o[0], 1, LD, beta, o[2], 3, LD));
      compare(
          "packed " + m + "×" + n + "×" + k + " " + a + " " + b,
          operands,
          (kernels, o) ->
              Product.packed(kernels)
                  .apply(a, b, m, n, k, alpha, o[0], 1, LD, o[1], 2, LD, beta, o[2], 3, LD));
    }
  }

  @Test
  void transposition_everySize_isTheSame() {
    sizes(
        m -> {
          int n = m % 5 == 0 ? 4 : random.nextInt(LARGEST);
          int ld = m % 5 == 0 ? 4 : LD;
          compare(
              m + "×" + n,
              new double[][] {numbers(LD * LD), numbers(LD * LD), new double[1]},
              (kernels, o) -> {
                kernels.transposition().transpose(m, n, o[0], 1, LD, o[1], 2, ld);
                o[2][0] = kernels.transposition().maxAsymmetry(m, o[0], 1);
              });
        });
  }

  @Test
  void tridiagonalisation_everyColumn_isTheSame() {
    int lanes = Kernels.lanes();
    int strip = Kernels.scalar().reduction().stripRows();
    for (int strips = 1; strips <= 3; strips++) {
      int end = strips;
      int n = strips * strip;
      for (int column = 0; column < n; column++) {
        int firstColumn = column;
        int firstStrip = column / strip;
        double[] p = numbers(n);
        double[] q = numbers(n);
        double[] x = numbers(n);
        double[][] operands = {
          numbers(5 + strip * strip * strips * (strips + 1) / 2),
          numbers(n),
          numbers(n),
          new double[1],
          numbers(n)
        };
        compare(
            "column " + column + " of " + n,
            operands,
            (kernels, o) -> {
              Reduction reduction = kernels.reduction();
              double[] sums = new double[3 + n * lanes];
              reduction.syr2Symv(firstStrip, end, firstColumn, p, q, o[0], 5, x, o[1], sums, 3);
              o[3][0] =
                  reduction.updatedColumn(firstColumn, end, -0.5, p, 0.7, o[4], o[0], 5, o[2]);
            });
      }
    }
  }

  @Test
  void bidiagonalisationAndReflectors_everySize_areTheSame() {
    int lanes = Kernels.lanes();
    for (int m = 0; m <= LARGEST; m += lanes) {
      for (int n = 0; n <= 12; n += 4) {
        int rows = m;
        int columns = n;
        compare(
            m + "×" + n,
            new double[][] {numbers(LD * LD), numbers(LD), numbers(LD), numbers(LD), numbers(LD)},
            (kernels, o) ->
                kernels
                    .reduction()
                    .gemvt(rows, columns, o[0], 1, LD, o[1], 0, 0.3, o[2], 1, o[3], 2, o[4], 3));
      }
    }
    for (int height : new int[] {1, 20, 200}) {
      Reduction sizes = Kernels.scalar().reduction();
      int count = sizes.reflectorCount(height);
      for (int wanted : new int[] {1, 1000}) {
        int columns = sizes.reflectorColumns(count, wanted);
        compare(
            height + " rows of " + columns,
            new double[][] {numbers(height * columns), numbers(height * count), numbers(64)},
            (kernels, o) ->
                kernels
                    .reduction()
                    .applyReflectors(count, height, columns, o[1], 0, o[2], 0, o[0], 0));
      }
    }
  }

  @Test
  void tridiagonalSpectra_everySize_areTheSame() {
    int lanes = Kernels.lanes();
    for (int order = 1; order <= LARGEST; order++) {
      int n = order;
      int count = 1 + random.nextInt(3 * lanes);
      int padded = (count / lanes + 1) * lanes;
      double[] d = random.doubles(n, -2, 2).toArray();
      double[] e = random.doubles(n, 1e-9, 2).toArray();
      double[] squares = Arrays.stream(e).map(v -> -v * v).toArray();
      double[] shifts = random.doubles(padded, -4, 4).toArray();
      compare(
          "order " + n + ", " + count + " shifts",
          new double[][] {numbers(n), new double[2]},
          (kernels, o) -> kernels.tridiagonal().secularSums(n, o[0], 0, d, 0, 5, o[1]));
      compare(
          "order " + n + ", " + count + " shifts",
          new double[][] {new double[count], new double[count], new double[count]},
          (kernels, o) -> {
            double[] near = new double[padded];
            double[] far = new double[padded];
            long[] below = new long[padded];
            kernels
                .tridiagonal()
                .laguerreSteps(
                    n, d, 0, squares, 0, 0, count, shifts, below, near, far, new double[padded]);
            for (int k = 0; k < count; k++) {
              o[0][k] = near[k];
              o[1][k] = far[k];
              o[2][k] = below[k];
            }
          });
      compare(
          "order " + n + ", " + count + " vectors",
          new double[][] {new double[count], new double[count], new double[n * count]},
          (kernels, o) -> {
            double[] corrections = new double[padded];
            double[] residuals = new double[padded];
            double[] z = new double[n * padded];
            kernels
                .tridiagonal()
                .twistedVectors(
                    n,
                    d,
                    0,
                    e,
                    0,
                    0,
                    count,
                    shifts,
                    corrections,
                    residuals,
                    z,
                    0,
                    padded,
                    new double[6 * n * lanes]);
            for (int k = 0; k < count; k++) {
              o[0][k] = corrections[k];
              o[1][k] = residuals[k];
              for (int i = 0; i < n; i++) {
                o[2][i * count + k] = z[i * padded + k];
              }
            }
          });
    }
  }
}
