package eigengrad.grad;

import java.util.concurrent.CancellationException;

/**
 * Who asked for work whose length is theirs to choose: an interrupt of this thread ends it,
 * whichever thread does it.
 */
final class Caller {
  private final Thread thread;

  private Caller(Thread thread) {
    this.thread = thread;
  }

  /**
   * The current thread.
   *
   * @throws CancellationException if it is interrupted already
   */
  static Caller current() {
    Caller caller = new Caller(Thread.currentThread());
    caller.requireNotInterrupted();
    return caller;
  }

  /**
   * To be called in every step.
   *
   * @throws CancellationException if the thread has been interrupted; it stays so
   */
  void requireNotInterrupted() {
    if (thread.isInterrupted()) {
      throw new CancellationException("interrupted: the steps were not taken to the end");
    }
  }
}
