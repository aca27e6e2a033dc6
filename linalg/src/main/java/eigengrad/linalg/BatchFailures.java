package eigengrad.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The matrices of a batch that could not be solved, gathered by several threads. After one that is
 * to be thrown, only matrices with smaller indices go on, so that the exception does not depend on
 * the threads.
 */
final class BatchFailures {
  private final FailurePolicy policy;
  private final List<BatchFailure> failures = new ArrayList<>(0);

  /** The first failure that is to be thrown. */
  private final AtomicInteger end = new AtomicInteger(Integer.MAX_VALUE);

  BatchFailures(FailurePolicy policy) {
    this.policy = policy;
  }

  /** Whether a matrix is still to be solved. */
  boolean wants(int b) {
    return b < end.get();
  }

  void add(int b, RuntimeException cause) {
    synchronized (failures) {
      failures.add(new BatchFailure(b, cause));
    }
    if (policy == FailurePolicy.THROW) {
      end.accumulateAndGet(b, Math::min);
    }
  }

  /**
   * What failed.
   *
   * @return in the order of the matrices
   * @throws IllegalArgumentException naming the first matrix, if it was refused and failures are
   *     thrown
   * @throws ArithmeticException naming the first matrix, if it was not solved and failures are
   *     thrown
   */
  List<BatchFailure> sorted() {
    List<BatchFailure> sorted;
    synchronized (failures) {
      failures.sort(Comparator.comparingInt(BatchFailure::index));
      sorted = List.copyOf(failures);
    }
    if (policy == FailurePolicy.THROW && !sorted.isEmpty()) {
      throw sorted.get(0).toException();
    }
    return sorted;
  }
}
