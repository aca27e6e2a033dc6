package eigengrad.grad.internal.support;

import java.util.concurrent.CancellationException;

/**
 * The thread that asked for work. An interrupt of that thread ends the work, whichever thread does
 * it; loops whose length the caller chooses look for one.
 */
public final class Caller {
  private final Thread thread;

  private Caller(Thread thread) {
    this.thread = thread;
  }

  /**
   * The current thread.
   *
   * @throws CancellationException if it is interrupted already
   */
  public static Caller current() {
    Caller caller = new Caller(Thread.currentThread());
    caller.requireNotInterrupted();
    return caller;
  }

  /**
   * Looks for an interrupt; to be called in every step.
   *
   * @throws CancellationException if the thread has been interrupted; it stays so
   */
  public void requireNotInterrupted() {
    if (thread.isInterrupted()) {
      throw new CancellationException("interrupted: the steps were not taken to the end");
    }
  }
}
