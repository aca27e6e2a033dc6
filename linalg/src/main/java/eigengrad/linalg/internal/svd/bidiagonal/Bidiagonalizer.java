package eigengrad.linalg.internal.svd.bidiagonal;

import eigengrad.linalg.internal.householder.Householder;
import eigengrad.linalg.internal.householder.Reflectors;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.support.Ranges;
import eigengrad.simd.AlignedBuffer;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Reduction;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * Householder reduction A = QBPᵀ of an m×n matrix, m ≥ n, to upper bidiagonal form: Q = H₀…Hₙ₋₁ and
 * P = G₀…Gₙ₋₂, Hⱼ = I − τuuᵀ from the left makes column j end in its diagonal element, Gⱼ = I −
 * σvvᵀ from the right row j in the element beside.
 *
 * <p>With y = τAᵀu and x = σ(A − uyᵀ)v a step is A ← A − uyᵀ − xvᵀ. Some steps are held back: after
 * k of them the matrix is A − LRᵀ, where the columns of L are u₀ x₀ u₁ x₁ … and those of R y₀ v₀ y₁
 * v₁ …, and only then is the trailing matrix updated, by a matrix product: some columns at a time,
 * which the step then being made multiplies while they are in cache. A step reads A once, too: v is
 * row j of HⱼA but for its first element, which is known as soon as Aᵀu is, column by column, so
 * that {@link Reduction#gemvt} finds Aᵀu and the product with that row in one pass. What LRᵀ
 * contributes is taken from small products before and after.
 *
 * <p>As in LAPACK's {@code dgebrd}, whose steps read A twice. u and v are zero where they do not
 * act, and there are zero rows and columns beyond the matrix, so that all work is in whole vectors:
 * a row that is done with may be multiplied by later Gⱼ from the right, which does not make it
 * longer. Cost: 4n²(m − n/3) flops.
 */
public final class Bidiagonalizer {
  /**
   * What a chunk should hold, in elements: about 2 µs of work. What holds fewer than two is one.
   */
  private static final int CHUNK_ELEMENTS = 1 << 14;

  private static final int MOST_CHUNKS = 16;

  /** Steps held back: with more, small products take longer than they save. */
  private static final int STEPS = 8;

  private final int lanes = Kernels.lanes();
  private final int group = Kernels.reduction().gemvtColumns();
  private final ChunkBody product = this::multiplyChunk;
  private final Householder householder = new Householder();
  private final Reflectors left = new Reflectors(0);
  private final Reflectors right = new Reflectors(1);
  private Gemm[] gemms = {};
  private int n;

  /** Rows and columns with the zeros beyond the matrix. */
  private int rows;

  private int columns;

  /**
   * All that has the length of a column or a row, in columns {@link #ld} apart: as the first starts
   * on a cache line, so do they all.
   */
  private final AlignedBuffer buffer = new AlignedBuffer();

  private double[] memory = Buffers.NONE;
  private int ld;

  /** Where the matrix starts. */
  private int a;

  /** Rows of R, with zeros. */
  private int width;

  /** Where the steps held back are: L and R. */
  private int l;

  private int r;

  /** Where the step being made is: the reflectors' vectors, Aᵀu and the product with row j. */
  private int u;

  private int v;
  private int y;
  private int x;
  private double[] diagonal = Buffers.NONE;
  private double[] superdiagonal = Buffers.NONE;

  /** What each chunk but the first adds to x. */
  private final double[][] partialSums = new double[MOST_CHUNKS][0];

  /** A row of L or R, or the products of all columns of one with a vector. */
  private double[] coefficients = Buffers.NONE;

  private double[] products = Buffers.NONE;

  /** The round: its first row and column, how many chunks, and τu₀. */
  private int top;

  private int begin;
  private int chunks;
  private double gamma;

  /** Columns of L and R, and whether the round takes LRᵀ from the matrix. */
  private int held;

  private boolean updating;

  /** A reduction to be used for any number of matrices, one after the other. */
  public Bidiagonalizer() {}

  /**
   * Reduces a matrix. What the last one left is overwritten.
   *
   * @param m rows, ≥ n
   * @param order n
   * @param matrix m×n; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param crew does the work
   */
  public void reduce(int m, int order, double[] matrix, int exponent, Crew crew) {
    n = order;
    held = 0;
    ensure(m, crew.size());
    pack(m, matrix, exponent);
    for (int j = 0; j < n; j++) {
      crew.requireNotInterrupted();
      step(j, crew);
    }
  }

  private void ensure(int m, int workers) {
    rows = Buffers.roundUp(m, lanes);
    columns = n + group;
    width = oddVectors(columns);
    ld = Math.max(oddVectors(m), width);
    buffer.ensure(ArraySize.of("copy", ld, columns + 4 * STEPS + 4, Reflectors.LOWER_ORDER));
    memory = buffer.elements();
    a = buffer.origin();
    l = a + columns * ld;
    r = l + 2 * STEPS * ld;
    u = r + 2 * STEPS * ld;
    x = u + ld;
    v = x + ld;
    y = v + ld;
    Arrays.fill(memory, v, v + 2 * ld, 0);
    left.resize(m, n);
    right.resize(n, Math.max(n - 1, 0));
    diagonal = Buffers.atLeast(diagonal, n);
    superdiagonal = Buffers.atLeast(superdiagonal, n);
    coefficients = Buffers.atLeast(coefficients, 2 * STEPS);
    products = Buffers.atLeast(products, 2 * STEPS);
    for (int chunk = 1; chunk < chunkCount(rows, n); chunk++) {
      partialSums[chunk] = Buffers.atLeast(partialSums[chunk], rows);
    }
    gemms = Gemm.perWorker(gemms, workers);
  }

  /** Columns a power of two apart would share cache sets. */
  private int oddVectors(int length) {
    int padded = Buffers.roundUp(length, lanes);
    return padded + (padded / lanes % 2 == 0 ? lanes : 0);
  }

  private void pack(int m, double[] matrix, int exponent) {
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix, j * m, memory, a + j * ld, m);
      Arrays.fill(memory, a + j * ld + m, a + (j + 1) * ld, 0);
    }
    Arrays.fill(memory, a + n * ld, a + columns * ld, 0);
    PowerOfTwo.scale(n * ld, exponent, memory, a);
  }

  /**
   * The diagonal of B.
   *
   * @return n elements of any sign, overwritten by the next reduction; may be modified
   */
  public double[] diagonal() {
    return diagonal;
  }

  /**
   * What is beside the diagonal of B.
   *
   * @return n − 1 elements of any sign, overwritten by the next reduction; may be modified
   */
  public double[] superdiagonal() {
    return superdiagonal;
  }

  /**
   * Q = H₀…Hₙ₋₁.
   *
   * @return the reflectors, overwritten by the next reduction
   */
  public Reflectors left() {
    return left;
  }

  /**
   * P = G₀…Gₙ₋₂.
   *
   * @return the reflectors, overwritten by the next reduction
   */
  public Reflectors right() {
    return right;
  }

  private void step(int j, Crew crew) {
    top = j / lanes * lanes;
    begin = j + 1;
    makeLeft(j);
    if (j < n - 1) {
      multiply(j, householder.tau(), crew);
      makeRight(j);
      completeX(householder.tau());
      held += 2;
    }
  }

  /** Column j with the steps held back, and its reflector. */
  private void makeLeft(int j) {
    int height = rows - top;
    System.arraycopy(memory, a + top + j * ld, memory, u + top, height);
    for (int k = 0; k < held; k++) {
      coefficients[k] = memory[r + j + k * ld];
    }
    Kernels.level2()
        .gemv(height, held, -1, memory, l + top, ld, coefficients, 0, 1, memory, u + top);
    Arrays.fill(memory, u + top, u + j, 0);
    householder.make(rows - j, memory, u + j);
    diagonal[j] = householder.beta();
    left.set(j, householder.tau(), memory, u + j);
  }

  /** y, row j of HⱼA as v, and as x the product of A, without the steps held back, with it. */
  private void multiply(int j, double tau, Crew crew) {
    int height = rows - top;
    int start = begin / lanes * lanes;
    int span = width - start;
    gamma = tau * memory[u + j];
    updating = held == 2 * STEPS;
    if (updating) {
      Arrays.fill(products, 0);
    } else {
      Kernels.level2()
          .gemvTransposed(height, held, 1, memory, l + top, ld, memory, u + top, 0, products, 0);
    }
    for (int k = 0; k < held; k++) {
      coefficients[k] = memory[l + j + k * ld] - gamma * products[k];
    }
    for (int c = begin; c < n; c++) {
      memory[v + c] = memory[a + j + c * ld];
    }
    Kernels.level2()
        .gemv(span, held, -1, memory, r + start, ld, coefficients, 0, 1, memory, v + start);
    multiplyBothWays(crew);
    held = updating ? 0 : held;
    Kernels.level2().gemv(span, held, -1, memory, r + start, ld, products, 0, 1, memory, y + start);
    Kernels.level1().scale(span, tau, memory, y + start);
    Arrays.fill(memory, y + start, y + begin, 0);
    System.arraycopy(memory, u + top, memory, l + top + held * ld, height);
    System.arraycopy(memory, y + start, memory, r + start + held * ld, span);
  }

  private void multiplyBothWays(Crew crew) {
    chunks = chunkCount(rows - top, n - begin);
    crew.run(chunks, product);
    for (int chunk = 1; chunk < chunks; chunk++) {
      Kernels.level1().axpy(rows - top, 1, partialSums[chunk], top, memory, x + top);
    }
  }

  private void multiplyChunk(int chunk, int worker) {
    int all = Buffers.roundUp(n - begin, group);
    int from = Ranges.start(chunk, chunks, all, group);
    int to = Ranges.start(chunk + 1, chunks, all, group);
    if (updating) {
      update(begin + from, to - from, gemms[worker]);
    }
    Kernels.reduction()
        .gemvt(
            rows - top,
            to - from,
            memory,
            a + top + (begin + from) * ld,
            ld,
            memory,
            u + top,
            gamma,
            memory,
            y + begin + from,
            memory,
            v + begin + from,
            chunk == 0 ? memory : partialSums[chunk],
            chunk == 0 ? x + top : top);
  }

  private static int chunkCount(int height, int width) {
    long elements = (long) height * width;
    int most = (int) Math.min(Math.max(elements / CHUNK_ELEMENTS, 1), MOST_CHUNKS);
    return Math.min(most, Math.max(width / 8, 1));
  }

  /** The reflector of row j; x follows the change of its first element. */
  private void makeRight(int j) {
    int start = begin / lanes * lanes;
    Arrays.fill(memory, v + start, v + begin, 0);
    householder.make(n - begin, memory, v + begin);
    superdiagonal[j] = householder.beta();
    right.set(j, householder.tau(), memory, v + begin);
    Kernels.level1()
        .axpy(rows - top, -householder.beta(), memory, a + top + begin * ld, memory, x + top);
    System.arraycopy(memory, v + start, memory, r + start + (held + 1) * ld, width - start);
  }

  /** x = σ(A − [L u][R y]ᵀ)v, from Av. */
  private void completeX(double sigma) {
    int height = rows - top;
    int start = begin / lanes * lanes;
    double[] shares = products;
    Kernels.level2()
        .gemvTransposed(
            width - start, held + 1, 1, memory, r + start, ld, memory, v + start, 0, shares, 0);
    Kernels.level2().gemv(height, held + 1, -1, memory, l + top, ld, shares, 0, 1, memory, x + top);
    Kernels.level1().scale(height, sigma, memory, x + top);
    System.arraycopy(memory, x + top, memory, l + top + (held + 1) * ld, height);
  }

  /** A ← A − LRᵀ in some columns. */
  private void update(int from, int count, Gemm gemm) {
    gemm.multiply(
        Transpose.NO,
        Transpose.YES,
        rows - top,
        count,
        2 * STEPS,
        -1,
        memory,
        l + top,
        ld,
        memory,
        r + from,
        ld,
        1,
        memory,
        a + top + from * ld,
        ld);
  }
}
