package eigengrad.linalg.internal.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IdleSolversTest {
  private final IdleSolvers<AtomicBoolean> solvers = new IdleSolvers<>(AtomicBoolean::new);

  @Test
  void call_oneAfterTheOther_reusesTheSolver() {
    Object first = solvers.call(3, solver -> solver);
    assertSame(first, solvers.call(3, solver -> solver));
  }

  /** Its memory is not kept. */
  @Test
  void call_ofLargeOrder_hasASolverOfItsOwn() {
    Object small = solvers.call(64, solver -> solver);
    Object large = solvers.call(65, solver -> solver);
    assertNotSame(small, large);
    assertNotSame(large, solvers.call(65, solver -> solver));
    assertSame(small, solvers.call(64, solver -> solver));
  }

  @Test
  void call_insideOfACall_hasASolverOfItsOwn() {
    Object outer =
        solvers.call(
            3,
            solver -> {
              assertNotSame(solver, solvers.<AtomicBoolean>call(3, inner -> inner));
              return solver;
            });
    assertSame(outer, solvers.call(3, solver -> solver));
  }

  /** What an exception leaves of a solver is nobody's business any more. */
  @Test
  void call_thatFails_dropsTheSolver() {
    Object first = solvers.call(3, solver -> solver);
    assertThrows(
        IllegalStateException.class,
        () ->
            solvers.call(
                3,
                solver -> {
                  assertSame(first, solver);
                  throw new IllegalStateException("fails");
                }));
    assertNotSame(first, solvers.call(3, solver -> solver));
  }

  @Test
  void call_byManyThreads_givesNoneASolverInUse() throws InterruptedException {
    Set<String> shared = ConcurrentHashMap.newKeySet();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> useOften(shared));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(Set.of(), shared);
  }

  private void useOften(Set<String> shared) {
    for (int i = 0; i < 20_000; i++) {
      solvers.call(
          3,
          inUse -> {
            if (!inUse.compareAndSet(false, true)) {
              shared.add(Thread.currentThread().getName());
            }
            Thread.onSpinWait();
            inUse.set(false);
            return inUse;
          });
    }
  }
}
