package eigengrad.linalg.internal.support;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lends the threads of one pool to the crews that ask for helpers, first come, first served.
 *
 * <p>Not every pool can take a task out of its queue again, so no task belongs to a crew: what
 * waits in the queue is a ticket, which refers to this lender alone and serves any crew that needs
 * a helper when a thread picks it up. Tickets that a busy pool has not reached are left for the
 * next crew. So there are never more than {@link #MOST_TICKETS}, however many solves come and go,
 * and they hold no solve's memory.
 */
public final class Lender {
  /** Enough for the largest crew; each that is picked up sees to the next. */
  private static final int MOST_TICKETS = Crew.MOST_HELPERS;

  /** One for each pool. A ticket keeps its lender, a lender its pool, and nothing else does. */
  private static final Map<Executor, WeakReference<Lender>> LENDERS = new WeakHashMap<>();

  private final Executor pool;
  private final Runnable ticket = this::redeem;

  /** Those that are not closed; with all else below guarded by this. */
  private final List<Crew> crews = new ArrayList<>();

  /** Helpers that these still lack. */
  private int vacancies;

  /** Tickets in the pool's queue. */
  private int waiting;

  private Lender(Executor pool) {
    this.pool = pool;
  }

  /**
   * The lender of a pool.
   *
   * @param pool whose threads are lent
   * @return always the same for one pool
   */
  public static Lender of(Executor pool) {
    synchronized (LENDERS) {
      WeakReference<Lender> known = LENDERS.get(pool);
      Lender lender = known == null ? null : known.get();
      if (lender == null) {
        lender = new Lender(pool);
        LENDERS.put(pool, new WeakReference<>(lender));
      }
      return lender;
    }
  }

  /** Sees that the crew gets its helpers as threads become free, until it is released. */
  void staff(Crew crew) {
    synchronized (this) {
      crews.add(crew);
      vacancies += crew.vacancies();
    }
    queueTickets();
  }

  /** No helper comes to the crew from now on. */
  synchronized void release(Crew crew) {
    if (crews.remove(crew)) {
      vacancies -= crew.vacancies();
    }
  }

  /** A ticket for each vacancy. A pool that was shut down gets none. */
  private void queueTickets() {
    int missing;
    synchronized (this) {
      missing = Math.max(Math.min(vacancies, MOST_TICKETS) - waiting, 0);
      waiting += missing;
    }
    try {
      for (; missing > 0; missing--) {
        pool.execute(ticket);
      }
    } catch (RejectedExecutionException shutDown) {
      // The crews go on with those they have.
    } finally {
      withdraw(missing);
    }
  }

  /** A pool may have queued what it threw at: then more run than were counted. */
  private synchronized void withdraw(int tickets) {
    waiting = Math.max(waiting - tickets, 0);
  }

  /** What a thread of the pool does with a ticket. */
  private void redeem() {
    withdraw(1);
    Crew.Helper helper = assign(Thread.currentThread());
    if (helper != null) {
      try {
        queueTickets();
      } finally {
        helper.work();
      }
    }
  }

  /**
   * A pool may run a ticket in the thread that submits it, which is in the middle of a chunk or
   * asking for helpers itself. Such a thread is not admitted: as a helper it would wait for itself.
   */
  private synchronized Crew.@Nullable Helper assign(Thread thread) {
    Crew needy = null;
    for (Crew crew : crews) {
      if (crew.includes(thread)) {
        return null;
      }
      if (needy == null && crew.vacancies() > 0) {
        needy = crew;
      }
    }
    if (needy == null) {
      return null;
    }
    vacancies--;
    return needy.admit(thread);
  }
}
