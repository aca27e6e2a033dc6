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
 * Has the SIMD kernels of requested families compiled, by a daemon thread that calls them in turn
 * on small operands, and ends when all are.
 *
 * <p>What the JIT compiler has done shows in what a call allocates: every vector is an object
 * before, and none after. Where a JVM cannot tell that, or where some stay objects, the kernel is
 * raced against the plain loops.
 */
final class WarmUp implements Runnable {
  /** A program may end before its compiled kernels would pay: it has the processor to itself. */
  private static final long DELAY_NANOS = 500_000_000;

  private static final Queue<KernelFamily> QUEUE = new ArrayDeque<>();

  /** Read without a lock: a stale value costs one entry to {@link #enqueue}. */
  private static Set<KernelFamily> requested = EnumSet.noneOf(KernelFamily.class);

  private static @Nullable Thread thread;

  /** Whether somebody waits. */
  private static boolean hurried;

  private WarmUp() {}

  /** Returns at once. */
  static void request(KernelFamily family) {
    if (!requested.contains(family)) {
      enqueue(Set.of(family));
    }
  }

  private static synchronized void enqueue(Set<KernelFamily> families) {
    Set<KernelFamily> all = EnumSet.copyOf(requested);
    for (KernelFamily family : families) {
      if (all.add(family)) {
        QUEUE.add(family);
      }
    }
    requested = all;
    if (thread == null && !QUEUE.isEmpty()) {
      thread = new Thread(null, new WarmUp(), "eigengrad-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** See {@link Kernels#warmUp}. */
  static void awaitAll() {
    if (!(Kernels.active() instanceof SwitchingKernels)) {
      return;
    }
    enqueue(EnumSet.allOf(KernelFamily.class));
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
        WarmUpCalls.mixClasses(VectorKernels.SET);
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
    Set<KernelFamily> families = EnumSet.noneOf(KernelFamily.class);
    List<WarmUpCall> waiting = new ArrayList<>();
    while (more(families, waiting)) {
      waiting.removeIf(WarmUpCall::isCompiled);
      // A family that this JVM does not compile well keeps its plain loops.
      waiting.stream()
          .filter(WarmUpCall::isHopeless)
          .map(WarmUpCall::family)
          .forEach(families::remove);
      waiting.removeIf(call -> !families.contains(call.family()));
      if (waiting.isEmpty()) {
        // All at once: what calls them is compiled anew, and once is enough.
        families.forEach(SwitchingKernels::turn);
        families.clear();
      } else if (waiting.stream().allMatch(WarmUpCall::isEnough)) {
        Thread.sleep(1); // the compiler can use the processor better
      }
    }
  }

  /** Adds what has been requested, and returns whether there is anything to do. */
  private static synchronized boolean more(Set<KernelFamily> families, List<WarmUpCall> waiting) {
    for (KernelFamily family = QUEUE.poll(); family != null; family = QUEUE.poll()) {
      families.add(family);
      waiting.addAll(WarmUpCalls.of(family, VectorKernels.SET, SwitchingKernels.SCALAR));
    }
    if (families.isEmpty()) {
      thread = null;
    }
    return !families.isEmpty();
  }
}
