package eigengrad.simd;

import eigengrad.simd.vector.VectorKernels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the SIMD kernels of requested families compiled, by a daemon thread that calls them on small
 * operands: family after family in the order of requests, and then it ends.
 *
 * <p>What the JIT compiler has done shows in what a call allocates: every vector is an object
 * before, and none after. Where a JVM cannot tell that, a number of calls must do.
 */
final class WarmUp implements Runnable {
  /** A program may end before its compiled kernels would pay: it has the processor to itself. */
  private static final long DELAY_NANOS = 400_000_000;

  /** Calls between two looks: several milliseconds while vectors are objects. */
  private static final int CALLS = 10;

  /** Looks in a row that must find a kernel compiled. */
  private static final int CONFIRMATIONS = 3;

  /** Calls after which a kernel counts as compiled where allocation cannot be told. */
  private static final int ENOUGH_CALLS = 15_000;

  /** When to give up: the JVM does not compile this family well, and plain loops keep serving. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private static final Queue<KernelFamily> QUEUE = new ArrayDeque<>();

  /** Read without a lock: a stale value costs one entry to {@link #enqueue}. */
  private static int requested;

  private static @Nullable Thread thread;

  /** Whether somebody waits. */
  private static boolean hurried;

  private WarmUp() {}

  /** Returns at once. */
  static void request(KernelFamily family) {
    if ((requested & 1 << family.ordinal()) == 0) {
      enqueue(Set.of(family));
    }
  }

  private static synchronized void enqueue(Set<KernelFamily> families) {
    for (KernelFamily family : families) {
      int bit = 1 << family.ordinal();
      if ((requested & bit) == 0) {
        requested |= bit;
        QUEUE.add(family);
      }
    }
    if (thread == null && !QUEUE.isEmpty()) {
      thread = new Thread(null, new WarmUp(), "eigengrad-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** See {@link Kernels#warmUp}. */
  static void await(boolean all) {
    if (Kernels.active() != SwitchingKernels.SET) {
      return;
    }
    if (all) {
      enqueue(EnumSet.allOf(KernelFamily.class));
    }
    try {
      for (Thread working = hurry(); working != null && working.isAlive(); working = hurry()) {
        working.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the kernels are compiled");
    }
  }

  private static synchronized @Nullable Thread hurry() {
    hurried = true;
    WarmUp.class.notifyAll();
    return thread;
  }

  @Override
  public void run() {
    try {
      delay();
    } catch (InterruptedException e) {
      return; // nobody does this: the thread is ours
    }
    // Where the JVM does not compile vectors, this thread stays on record, and no other follows.
    if (KernelSelection.compilesVectors()) {
      for (KernelFamily family = next(); family != null; family = next()) {
        if (isCompiled(WarmUpCalls.of(family, VectorKernels.SET))) {
          SwitchingKernels.turn(family);
        }
      }
    }
  }

  private static synchronized void delay() throws InterruptedException {
    long end = System.nanoTime() + DELAY_NANOS;
    for (long left = DELAY_NANOS; left > 0 && !hurried; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(WarmUp.class, left);
    }
  }

  private static synchronized @Nullable KernelFamily next() {
    KernelFamily family = QUEUE.poll();
    if (family == null) {
      thread = null;
    }
    return family;
  }

  /** Calls kernels in turn until all are compiled, and returns whether they are. */
  private static boolean isCompiled(List<Runnable> calls) {
    long start = System.nanoTime();
    List<Runnable> waiting = new ArrayList<>(calls);
    int[] confirmed = new int[calls.size()];
    for (int round = 1; !waiting.isEmpty(); round++) {
      for (int i = waiting.size() - 1; i >= 0; i--) {
        int index = calls.indexOf(waiting.get(i));
        boolean free = allocatesNothing(waiting.get(i), round);
        confirmed[index] = free ? confirmed[index] + 1 : 0;
        if (confirmed[index] == CONFIRMATIONS) {
          waiting.remove(i);
        }
      }
      if (System.nanoTime() - start > LONGEST_NANOS) {
        return false;
      }
    }
    return true;
  }

  private static boolean allocatesNothing(Runnable call, int round) {
    long before = ThreadAllocation.bytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return before < 0 ? round * CALLS >= ENOUGH_CALLS : ThreadAllocation.bytes() == before;
  }
}
