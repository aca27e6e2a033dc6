package eigengrad.simd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * A SIMD kernel, a case of one, or some that are used together: what is compiled by itself, by
 * {@link WarmUp}, once it has been called for.
 *
 * <p>Whether it is compiled is told by the target of a call site that is never called. C2 takes it
 * for a constant, compiles one side alone, and compiles anew what has the other when the target
 * changes; a static field would leave both sides, and a branch, in every caller.
 */
final class Kernel extends MutableCallSite {
  private static final MethodHandle LOOPS = MethodHandles.constant(Object.class, "loops");

  private static final MethodHandle COMPILED = MethodHandles.constant(Object.class, "compiled");

  static final Kernel DOT = new Kernel();
  static final Kernel AXPY = new Kernel();
  static final Kernel SCALE = new Kernel();
  static final Kernel MAX_ABS = new Kernel();
  static final Kernel ELEMENT_OF_MAX_ABS = new Kernel();
  static final Kernel ROTATE = new Kernel();
  static final Kernel ROTATE_CHAIN = new Kernel();

  static final Kernel GEMV = new Kernel();
  static final Kernel GEMV_TRANSPOSED = new Kernel();
  static final Kernel SYMV = new Kernel();
  static final Kernel GER = new Kernel();

  static final Kernel GEMM_TILE = new Kernel();

  /** Eight columns at a time, of pairs of vectors. */
  static final Kernel GEMM_UNPACKED_PAIRS = new Kernel();

  /** Eight columns at a time, of any number of vectors. */
  static final Kernel GEMM_UNPACKED_EIGHTS = new Kernel();

  /** Any columns. */
  static final Kernel GEMM_UNPACKED = new Kernel();

  static final Kernel TRANSPOSE = new Kernel();
  static final Kernel MAX_ASYMMETRY = new Kernel();

  static final Kernel SYR2_SYMV = new Kernel();
  static final Kernel UPDATED_COLUMN = new Kernel();
  static final Kernel GEMVT = new Kernel();
  static final Kernel FEW_REFLECTORS = new Kernel();
  static final Kernel FEW_REFLECTORS_WIDE = new Kernel();
  static final Kernel MANY_REFLECTORS = new Kernel();

  static final Kernel SECULAR_SUMS = new Kernel();
  static final Kernel LAGUERRE_STEPS = new Kernel();
  static final Kernel TWISTED_VECTORS = new Kernel();

  static final Kernel BATCH_SCALING = new Kernel();
  static final Kernel BATCH_JACOBI = new Kernel();
  static final Kernel BATCH_QR = new Kernel();
  static final Kernel BATCH_ARRANGEMENT = new Kernel();

  static final Kernel SVD_SCALING = new Kernel();
  static final Kernel SVD_JACOBI = new Kernel();
  static final Kernel SVD_QR = new Kernel();
  static final Kernel DIAGONAL_PRODUCTS = new Kernel();

  static final Kernel BATCH_PRODUCTS = new Kernel();
  static final Kernel BATCH_VECTORS = new Kernel();

  /** Read without a lock: a stale value costs one more request. */
  private boolean requested;

  private Kernel() {
    super(LOOPS);
  }

  /** Whether it serves. If it does not, it is on record that it should. */
  boolean isCompiled() {
    if (getTarget() == COMPILED) {
      return true;
    }
    if (!requested) {
      requested = true;
      WarmUp.request(this);
    }
    return false;
  }

  /** Has it serve from now on. */
  void turn() {
    setTarget(COMPILED);
  }
}
