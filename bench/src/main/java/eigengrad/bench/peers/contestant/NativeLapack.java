package eigengrad.bench.peers.contestant;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A native LAPACK on memory outside the heap, allocated once: {@code dsyevd} with the workspace it
 * asks for, and {@code dgemm}.
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
    return new Eigen(n, a, vectors);
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

  private static final class Eigen implements EigenJob {
    private final MemorySegment job;
    private final MemorySegment lower;
    private final MemorySegment n;
    private final MemorySegment matrix;
    private final MemorySegment vectors;
    private final MemorySegment values;
    private final MemorySegment work;
    private final MemorySegment workSize;
    private final MemorySegment integerWork;
    private final MemorySegment integerWorkSize;
    private final MemorySegment info;

    Eigen(int n, double[] a, boolean wantVectors) {
      Arena arena = Arena.ofAuto();
      this.job = arena.allocateFrom(wantVectors ? "V" : "N");
      this.lower = arena.allocateFrom("L");
      this.n = arena.allocateFrom(JAVA_INT, n);
      this.matrix = copy(arena, a);
      this.vectors = copy(arena, a);
      this.values = doubles(arena, n);
      this.info = arena.allocate(JAVA_INT);
      this.workSize = arena.allocateFrom(JAVA_INT, -1);
      this.integerWorkSize = arena.allocateFrom(JAVA_INT, -1);
      MemorySegment workWanted = doubles(arena, 1);
      MemorySegment integerWorkWanted = arena.allocate(JAVA_INT);
      call(workWanted, integerWorkWanted);
      int size = (int) workWanted.get(JAVA_DOUBLE, 0);
      int integerSize = integerWorkWanted.get(JAVA_INT, 0);
      this.work = doubles(arena, size);
      this.integerWork = arena.allocate(JAVA_INT, integerSize);
      workSize.set(JAVA_INT, 0, size);
      integerWorkSize.set(JAVA_INT, 0, integerSize);
    }

    @Override
    public void reset() {
      vectors.copyFrom(matrix);
    }

    @Override
    public void run() {
      call(work, integerWork);
    }

    private void call(MemorySegment doubleWork, MemorySegment intWork) {
      NativeCalls.dsyevd(
          job, lower, n, vectors, values, doubleWork, workSize, intWork, integerWorkSize, info);
      int failure = info.get(JAVA_INT, 0);
      if (failure != 0) {
        throw new IllegalStateException("dsyevd returned info = " + failure);
      }
    }

    @Override
    public double[] values() {
      return values.toArray(JAVA_DOUBLE);
    }

    @Override
    public double[] vectors() {
      return vectors.toArray(JAVA_DOUBLE);
    }
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
