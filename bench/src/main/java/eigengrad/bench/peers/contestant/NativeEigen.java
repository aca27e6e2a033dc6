package eigengrad.bench.peers.contestant;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import eigengrad.simd.FloatConversion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A native {@code dsyevd} or {@code ssyevd} on memory outside the heap. */
final class NativeEigen implements EigenJob {
  private static final long ALIGNMENT = 64;

  private final boolean single;
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

  private NativeEigen(int n, MemorySegment a, boolean single, boolean wantVectors) {
    Arena arena = Arena.ofAuto();
    this.single = single;
    this.job = arena.allocateFrom(wantVectors ? "V" : "N");
    this.lower = arena.allocateFrom("L");
    this.n = arena.allocateFrom(JAVA_INT, n);
    this.matrix = numbers(arena, (long) n * n).copyFrom(a);
    this.vectors = numbers(arena, (long) n * n).copyFrom(a);
    this.values = numbers(arena, n);
    this.info = arena.allocate(JAVA_INT);
    this.workSize = arena.allocateFrom(JAVA_INT, -1);
    this.integerWorkSize = arena.allocateFrom(JAVA_INT, -1);
    MemorySegment workWanted = numbers(arena, 1);
    MemorySegment integerWorkWanted = arena.allocate(JAVA_INT);
    call(workWanted, integerWorkWanted);
    int size = single ? (int) workWanted.get(JAVA_FLOAT, 0) : (int) workWanted.get(JAVA_DOUBLE, 0);
    int integerSize = integerWorkWanted.get(JAVA_INT, 0);
    this.work = numbers(arena, size);
    this.integerWork = arena.allocate(JAVA_INT, integerSize);
    workSize.set(JAVA_INT, 0, size);
    integerWorkSize.set(JAVA_INT, 0, integerSize);
  }

  static NativeEigen ofDoubles(int n, double[] a, boolean wantVectors) {
    return new NativeEigen(n, MemorySegment.ofArray(a), false, wantVectors);
  }

  static NativeEigen ofFloats(int n, float[] a) {
    return new NativeEigen(n, MemorySegment.ofArray(a), true, true);
  }

  private MemorySegment numbers(Arena arena, long count) {
    long size = single ? JAVA_FLOAT.byteSize() : JAVA_DOUBLE.byteSize();
    return arena.allocate(size * Math.max(count, 1), ALIGNMENT);
  }

  @Override
  public void reset() {
    vectors.copyFrom(matrix);
  }

  @Override
  public void run() {
    call(work, integerWork);
  }

  private void call(MemorySegment numberWork, MemorySegment intWork) {
    NativeCalls.syevd(
        single,
        job,
        lower,
        n,
        vectors,
        values,
        numberWork,
        workSize,
        intWork,
        integerWorkSize,
        info);
    int failure = info.get(JAVA_INT, 0);
    if (failure != 0) {
      throw new IllegalStateException("syevd returned info = " + failure);
    }
  }

  @Override
  public double[] values() {
    return doubles(values);
  }

  @Override
  public double[] vectors() {
    return doubles(vectors);
  }

  private double[] doubles(MemorySegment numbers) {
    return single
        ? FloatConversion.widen(numbers.toArray(JAVA_FLOAT))
        : numbers.toArray(JAVA_DOUBLE);
  }
}
