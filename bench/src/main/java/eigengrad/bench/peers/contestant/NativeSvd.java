package eigengrad.bench.peers.contestant;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import eigengrad.simd.FloatConversion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A native {@code dgesdd} or {@code sgesdd} on memory outside the heap. */
final class NativeSvd implements SvdJob {
  private static final long ALIGNMENT = 64;

  private final boolean single;
  private final int columns;
  private final MemorySegment job;
  private final MemorySegment m;
  private final MemorySegment n;
  private final MemorySegment given;
  private final MemorySegment matrix;
  private final MemorySegment values;
  private final MemorySegment left;
  private final MemorySegment rightTransposed;
  private final MemorySegment work;
  private final MemorySegment workSize;
  private final MemorySegment integerWork;
  private final MemorySegment info;

  private NativeSvd(int m, int n, MemorySegment a, boolean single, boolean wantVectors) {
    Arena arena = Arena.ofAuto();
    this.single = single;
    this.columns = n;
    this.job = arena.allocateFrom(wantVectors ? "S" : "N");
    this.m = arena.allocateFrom(JAVA_INT, m);
    this.n = arena.allocateFrom(JAVA_INT, n);
    this.given = numbers(arena, (long) m * n).copyFrom(a);
    this.matrix = numbers(arena, (long) m * n).copyFrom(a);
    this.values = numbers(arena, n);
    this.left = numbers(arena, wantVectors ? (long) m * n : 1);
    this.rightTransposed = numbers(arena, wantVectors ? (long) n * n : 1);
    this.integerWork = arena.allocate(JAVA_INT, 8L * n);
    this.info = arena.allocate(JAVA_INT);
    this.workSize = arena.allocateFrom(JAVA_INT, -1);
    MemorySegment workWanted = numbers(arena, 1);
    call(workWanted);
    int size = single ? (int) workWanted.get(JAVA_FLOAT, 0) : (int) workWanted.get(JAVA_DOUBLE, 0);
    this.work = numbers(arena, size);
    workSize.set(JAVA_INT, 0, size);
  }

  static NativeSvd ofDoubles(int m, int n, double[] a, boolean wantVectors) {
    return new NativeSvd(m, n, MemorySegment.ofArray(a), false, wantVectors);
  }

  static NativeSvd ofFloats(int m, int n, float[] a) {
    return new NativeSvd(m, n, MemorySegment.ofArray(a), true, true);
  }

  private MemorySegment numbers(Arena arena, long count) {
    long size = single ? JAVA_FLOAT.byteSize() : JAVA_DOUBLE.byteSize();
    return arena.allocate(size * Math.max(count, 1), ALIGNMENT);
  }

  @Override
  public void reset() {
    matrix.copyFrom(given);
  }

  @Override
  public void run() {
    call(work);
  }

  private void call(MemorySegment numberWork) {
    NativeCalls.gesdd(
        single,
        job,
        m,
        n,
        matrix,
        values,
        left,
        rightTransposed,
        numberWork,
        workSize,
        integerWork,
        info);
    int failure = info.get(JAVA_INT, 0);
    if (failure != 0) {
      throw new IllegalStateException("gesdd returned info = " + failure);
    }
  }

  @Override
  public double[] values() {
    return doubles(values);
  }

  @Override
  public double[] left() {
    return doubles(left);
  }

  @Override
  public double[] right() {
    return Rows.transposed(columns, columns, doubles(rightTransposed));
  }

  private double[] doubles(MemorySegment numbers) {
    return single
        ? FloatConversion.widen(numbers.toArray(JAVA_FLOAT))
        : numbers.toArray(JAVA_DOUBLE);
  }
}
