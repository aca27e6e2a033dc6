package eigengrad.bench.program;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that an end of the JVM, by Ctrl-C or a signal, stops early but does not cut off. */
public final class StopOnSignal {
  private static final int MOST_SECONDS = 60;

  private StopOnSignal() {}

  /**
   * Does some work. If the JVM is told to end meanwhile, it first stops the work and then waits for
   * it.
   *
   * @param <T> what the work makes
   * @param stop makes the work return soon; called on another thread
   * @param work to be done
   * @return what the work returns
   */
  public static <T> T during(Supplier<T> work, Runnable stop) {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, done), "stop");
    add(hook, stop);
    try {
      return work.get();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void stopAndWait(Runnable stop, CountDownLatch done) {
    stop.run();
    try {
      if (!done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("error: no report after " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A JVM that is ending takes no more hooks: the work is stopped before it begins. */
  private static void add(Thread hook, Runnable stop) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      stop.run();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      return;
    }
  }
}
