package eigengrad.bench.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Groups one after the other. After each, all that was found until then is kept. */
final class SuiteRun {
  /** Ctrl-C goes to all processes at once: one may have failed by it before this one is told. */
  private static final int GRACE_MILLIS = 250;

  private static final int MILLIS_BETWEEN_STOPS = 100;
  private static final int MOST_STOPS = 100;

  private final List<Group> groups;
  private final Findings findings;
  private final Consumer<SuiteResults> keeper;
  private final PrintWriter progress;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Group running;

  /**
   * A run that has not begun.
   *
   * @param groups to be run
   * @param findings to be filled
   * @param keeper writes what there is, in place of what it wrote before
   * @param progress told of each group that begins
   */
  SuiteRun(
      List<Group> groups, Findings findings, Consumer<SuiteResults> keeper, PrintWriter progress) {
    this.groups = groups;
    this.findings = findings;
    this.keeper = keeper;
    this.progress = progress;
  }

  /** Runs everything, or as much as there is time for until {@link #stop}. */
  void run() {
    long begin = System.nanoTime();
    double total = groups.stream().mapToDouble(Group::seconds).sum();
    tell(
        "Groups: %d, about %s; Ctrl-C keeps those that have finished"
            .formatted(groups.size(), time(total)));
    try {
      int finished = 0;
      while (finished < groups.size() && !isStopped()) {
        Group group = groups.get(finished);
        double elapsed = (System.nanoTime() - begin) / 1e9;
        tell(
            "[%d/%d] %s of about %s: %s"
                .formatted(finished + 1, groups.size(), time(elapsed), time(total), group.name()));
        if (finishes(group, finished)) {
          finished++;
        }
        keep(finished);
      }
    } finally {
      ended.countDown();
    }
  }

  /** Whether a group came to its end, with a result or by a failure of its own. */
  private boolean finishes(Group group, int finished) {
    running = group;
    try {
      group.run(findings, () -> keep(finished));
      return true;
    } catch (IOException | RuntimeException e) {
      if (isStopped(GRACE_MILLIS)) {
        return false;
      }
      String note = "%s: %s".formatted(group.name(), e.getMessage());
      findings.note(note);
      tell(note);
      return true;
    } finally {
      running = null;
    }
  }

  private void keep(int finished) {
    keeper.accept(
        findings.results(
            groups.subList(finished, groups.size()).stream().map(Group::name).toList()));
  }

  /**
   * Ends the group that is running; no other is begun. Returns when {@link #run} has kept what
   * there is, or after some seconds. May be called on any thread.
   */
  void stop() {
    stopped.countDown();
    int stops = 0;
    do {
      Group group = running;
      if (group != null) {
        group.stop();
      }
      stops++;
    } while (stops < MOST_STOPS && !isDown(ended, MILLIS_BETWEEN_STOPS));
  }

  /** Whether the run was to end early. */
  boolean isStopped() {
    return isStopped(0);
  }

  private boolean isStopped(int millis) {
    return isDown(stopped, millis);
  }

  private static boolean isDown(CountDownLatch latch, int millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void tell(String line) {
    progress.println(line);
    progress.flush();
  }

  /** Minutes and seconds. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
