package eigengrad.bench.peers.contestant;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A native LAPACK on memory outside the heap, allocated once: {@code dsyevd} and {@code dgesdd},
 * {@code ssyevd} and {@code sgesdd}, with the workspace they ask for, and {@code dgemm}.
 */
final class NativeLapack implements Library {
  private static final long ALIGNMENT = 64;

  /** After a first call, since MKL chooses its kernels then. */
  @Override
  public String description() {
    new Product(1, new double[1], new double[1]).run();
    return NativeCalls.description();
  }

  @Override
  public EigenJob eigen(int n, double[] a, boolean vectors) {
    return NativeEigen.ofDoubles(n, a, vectors);
  }

  @Override
  public EigenJob singleEigen(int n, float[] a) {
    return NativeEigen.ofFloats(n, a);
  }

  @Override
  public SvdJob svd(int m, int n, double[] a, boolean vectors) {
    return NativeSvd.ofDoubles(m, n, a, vectors);
  }

  @Override
  public SvdJob singleSvd(int m, int n, float[] a) {
    return NativeSvd.ofFloats(m, n, a);
  }

  @Override
  public ProductJob product(int n, double[] a, double[] b) {
    return new Product(n, a, b);
  }

  private static MemorySegment doubles(Arena arena, long count) {
    return arena.allocate(JAVA_DOUBLE.byteSize() * Math.max(count, 1), ALIGNMENT);
  }

  private static MemorySegment copy(Arena arena, double[] from) {
    return doubles(arena, from.length).copyFrom(MemorySegment.ofArray(from));
  }

  private static final class Product implements ProductJob {
    private final MemorySegment no;
    private final MemorySegment n;
    private final MemorySegment one;
    private final MemorySegment zero;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    Product(int n, double[] a, double[] b) {
      Arena arena = Arena.ofAuto();
      this.no = arena.allocateFrom("N");
      this.n = arena.allocateFrom(JAVA_INT, n);
      this.one = arena.allocateFrom(JAVA_DOUBLE, 1);
      this.zero = arena.allocateFrom(JAVA_DOUBLE, 0);
      this.a = copy(arena, a);
      this.b = copy(arena, b);
      this.c = doubles(arena, (long) n * n);
    }

    @Override
    public void run() {
      NativeCalls.dgemm(no, n, one, a, b, zero, c);
    }

    @Override
    public double[] product() {
      return c.toArray(JAVA_DOUBLE);
    }
  }
}
