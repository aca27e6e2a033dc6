package eigengrad.simd;

import eigengrad.simd.vector.VectorKernels;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the SIMD kernels that have been called for compiled, by a daemon thread that calls them in
 * turn on small operands, and ends when all are.
 *
 * <p>What the JIT compiler has done shows in what a call allocates: every vector is an object
 * before, and none after. Where a JVM cannot tell that, or where some stay objects, the kernel is
 * raced against the plain loops.
 */
final class WarmUp implements Runnable {
  /** The JIT compiler has the program's own code to compile, and may never need the kernels. */
  private static final long DELAY_NANOS = 1_000_000_000;

  private static final Set<Kernel> REQUESTED = new HashSet<>();

  /** Those that the thread has not taken yet. */
  private static final Queue<Kernel> QUEUE = new ArrayDeque<>();

  private static @Nullable Thread thread;

  /** Whether somebody waits. */
  private static boolean hurried;

  private WarmUp() {}

  /** Returns at once. */
  static void request(Kernel kernel) {
    enqueue(Set.of(kernel));
  }

  /** All that have been asked for so far. */
  static synchronized Set<Kernel> requested() {
    return Set.copyOf(REQUESTED);
  }

  private static synchronized void enqueue(Set<Kernel> kernels) {
    for (Kernel kernel : kernels) {
      if (REQUESTED.add(kernel)) {
        QUEUE.add(kernel);
      }
    }
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
    enqueue(WarmUpCalls.of(SwitchingKernels.SCALAR).keySet());
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

  /** What is asked for meanwhile comes next: nobody's kernels wait for those of others. */
  private static void compile() throws InterruptedException {
    Map<Kernel, Runnable> kernels = WarmUpCalls.of(VectorKernels.SET);
    Map<Kernel, Runnable> loops = WarmUpCalls.of(SwitchingKernels.SCALAR);
    for (List<Kernel> next = next(); !next.isEmpty(); next = next()) {
      Map<Kernel, WarmUpCall> waiting = new LinkedHashMap<>();
      for (Kernel kernel : next) {
        waiting.put(kernel, new WarmUpCall(callOf(kernel, kernels), callOf(kernel, loops)));
      }
      // All at once: what calls them is compiled anew, and once is enough.
      compile(waiting).forEach(Kernel::turn);
    }
  }

  /** Returns when all are compiled but those that this JVM does not compile well. */
  private static Set<Kernel> compile(Map<Kernel, WarmUpCall> waiting) throws InterruptedException {
    Set<Kernel> compiled = new HashSet<>();
    while (!waiting.isEmpty()) {
      waiting
          .entrySet()
          .removeIf(next -> next.getValue().isCompiled() && compiled.add(next.getKey()));
      waiting.values().removeIf(WarmUpCall::isHopeless);
      if (waiting.values().stream().allMatch(WarmUpCall::isEnough)) {
        Thread.sleep(1); // the compiler can use the processor better
      }
    }
    return compiled;
  }

  private static Runnable callOf(Kernel kernel, Map<Kernel, Runnable> calls) {
    return Objects.requireNonNull(calls.get(kernel));
  }

  /** What has been requested since the last call; if that is nothing, the thread ends. */
  private static synchronized List<Kernel> next() {
    List<Kernel> next = List.copyOf(QUEUE);
    QUEUE.clear();
    if (next.isEmpty()) {
      thread = null;
    }
    return next;
  }
}
