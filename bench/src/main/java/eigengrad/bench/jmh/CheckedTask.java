package eigengrad.bench.jmh;

import eigengrad.bench.peers.contestant.Answer;
import eigengrad.bench.peers.contestant.Job;
import eigengrad.bench.peers.contestant.Library;
import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.bench.peers.contestant.Task;
import eigengrad.bench.peers.contestant.Workload;

/** A workload of the race whose answer has been checked. */
final class CheckedTask {
  /** LAPACK's own tests accept ratios up to this. */
  private static final double LARGEST_RATIO = 60;

  private static final long SEED = 1;

  private final Job job;

  private CheckedTask(Job job) {
    this.job = job;
  }

  /**
   * Sets a task up and runs it once.
   *
   * @throws IllegalStateException if the library has no call for it or the answer is wrong
   */
  static CheckedTask of(LibraryName name, int threads, Workload workload, int n) {
    Library library = name.open(threads);
    Task task = Task.of(library, workload, n, SEED);
    if (task == null) {
      throw new IllegalStateException("%s has no %s".formatted(name, workload.word()));
    }
    Answer answer = task.check();
    if (!(answer.residual() <= LARGEST_RATIO && answer.orthogonality() <= LARGEST_RATIO)) {
      throw new IllegalStateException("%s is wrong: %s".formatted(name, answer));
    }
    return new CheckedTask(task.job());
  }

  /** Restores what the last call overwrote, if it did, and does the work. */
  void run() {
    job.reset();
    job.run();
  }
}
