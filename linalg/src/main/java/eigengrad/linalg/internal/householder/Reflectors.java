package eigengrad.linalg.internal.householder;

import eigengrad.simd.ArraySize;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Householder reflectors H₀, H₁, …: Hᵢ = I − τᵢvᵢvᵢᵀ, where vᵢ is zero above row i + shift. A
 * reflector that does nothing has τ = 0. What is stored above a reflector is arbitrary.
 */
public final class Reflectors {
  /** What helps a matrix that is just small enough for an array, but not its copies. */
  public static final String LOWER_ORDER = "the order must be below 46,000";

  private final int shift;
  private int rows;
  private int count;
  private int ld;
  private double[] vectors = Buffers.NONE;
  private double[] tau = Buffers.NONE;

  /**
   * None yet.
   *
   * @param shift the row where v₀ starts, ≥ 0
   */
  public Reflectors(int shift) {
    this.shift = shift;
  }

  /**
   * Makes room; what was stored is lost.
   *
   * @param newRows of each vector
   * @param newCount how many reflectors
   */
  public void resize(int newRows, int newCount) {
    rows = newRows;
    count = newCount;
    // Columns a power of two apart would share cache sets.
    int lanes = Kernels.lanes();
    ld = Buffers.roundUp(rows, lanes);
    ld += ld / lanes % 2 == 0 ? lanes : 0;
    vectors = Buffers.atLeast(vectors, ArraySize.of("reflectors", count, ld, LOWER_ORDER));
    tau = Buffers.atLeast(tau, count);
  }

  /**
   * Stores a reflector.
   *
   * @param i which
   * @param factor τᵢ
   * @param v vᵢ
   * @param offset of its element in row i + shift
   */
  public void set(int i, double factor, double[] v, int offset) {
    tau[i] = factor;
    System.arraycopy(v, offset, vectors, start(i), rows - i - shift);
  }

  /**
   * Stores the factor of a reflector whose vector has been written where it belongs.
   *
   * @param i which
   * @param factor τᵢ
   */
  public void setTau(int i, double factor) {
    tau[i] = factor;
  }

  /**
   * Rows of each vector.
   *
   * @return m
   */
  public int rows() {
    return rows;
  }

  /**
   * How many reflectors there are.
   *
   * @return their number
   */
  public int count() {
    return count;
  }

  /**
   * The row where a vector starts.
   *
   * @param i which
   * @return i + shift
   */
  public int top(int i) {
    return i + shift;
  }

  /**
   * Where a vector starts in memory.
   *
   * @param i which
   * @return the place of its element in row i + shift
   */
  public int start(int i) {
    return i * ld + i + shift;
  }

  /**
   * Where the vectors are, one below each other's row.
   *
   * @return the memory
   */
  public double[] vectors() {
    return vectors;
  }

  /**
   * From one vector's column to the next.
   *
   * @return at least the rows
   */
  public int leadingDimension() {
    return ld;
  }

  /**
   * The factor of a reflector.
   *
   * @param i which
   * @return τᵢ
   */
  public double tau(int i) {
    return tau[i];
  }
}
