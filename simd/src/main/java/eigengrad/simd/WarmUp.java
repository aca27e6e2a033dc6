package eigengrad.simd;

import eigengrad.simd.vector.VectorKernels;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the SIMD kernels of requested families compiled, by a daemon thread that calls them in turn on
 * small operands, and ends when all are.
 *
 * <p>What the JIT compiler has done shows in what a call allocates: every vector is an object
 * before, and none after. Where a JVM cannot tell that, a number of calls must do.
 */
final class WarmUp implements Runnable {
  /** A program may end before its compiled kernels would pay: it has the processor to itself. */
  private static final long DELAY_NANOS = 400_000_000;

  /** When to give up: the JVM does not compile a family well, and plain loops keep serving. */
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
      // Where the JVM does not compile vectors, this thread stays on record, and no other follows.
      if (KernelSelection.compilesVectors()) {
        compile();
      }
    } catch (InterruptedException e) {
      // Nobody does this: the thread is ours.
    }
  }

  private static synchronized void delay() throws InterruptedException {
    long end = System.nanoTime() + DELAY_NANOS;
    for (long left = DELAY_NANOS; left > 0 && !hurried; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(WarmUp.class, left);
    }
  }

  private static void compile() throws InterruptedException {
    Map<KernelFamily, List<WarmUpCall>> waiting = new EnumMap<>(KernelFamily.class);
    long end = System.nanoTime() + LONGEST_NANOS;
    while (more(waiting) && System.nanoTime() < end) {
      boolean enough = true;
      for (List<WarmUpCall> calls : waiting.values()) {
        calls.removeIf(WarmUpCall::isCompiled);
        enough &= calls.stream().allMatch(WarmUpCall::isEnough);
      }
      waiting.entrySet().removeIf(WarmUp::isDone);
      if (enough) {
        Thread.sleep(1); // the compiler can use the processor better
      }
    }
  }

  /** Turns to a family of which no kernel is left. */
  private static boolean isDone(Map.Entry<KernelFamily, List<WarmUpCall>> family) {
    boolean done = family.getValue().isEmpty();
    if (done) {
      SwitchingKernels.turn(family.getKey());
    }
    return done;
  }

  /** Adds what has been requested, and returns whether there is anything to do. */
  private static synchronized boolean more(Map<KernelFamily, List<WarmUpCall>> waiting) {
    for (KernelFamily family = QUEUE.poll(); family != null; family = QUEUE.poll()) {
      waiting.put(family, WarmUpCalls.of(family, VectorKernels.SET));
    }
    if (waiting.isEmpty()) {
      thread = null;
    }
    return !waiting.isEmpty();
  }
}
