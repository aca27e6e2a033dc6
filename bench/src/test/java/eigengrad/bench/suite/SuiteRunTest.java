package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SuiteRunTest {
  private final List<SuiteResults> kept = new ArrayList<>();
  private final StringWriter progress = new StringWriter();

  @Test
  void run_groupThatFails_isNotedAndTheOthersAreKept() {
    SuiteRun run =
        run(
            new Fake("first", keep -> {}),
            new Fake(
                "second",
                keep -> {
                  throw new IOException("broken");
                }),
            new Fake("third", keep -> {}));
    run.run();
    assertEquals(List.of(List.of("second", "third"), List.of("third"), List.of()), notRun());
    assertEquals(List.of("first", "third"), found(2));
    assertEquals(List.of("second: broken"), kept.get(2).notes());
    assertFalse(run.isStopped());
  }

  @Test
  void stop_inAGroup_keepsThoseBeforeAndNamesTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    Fake second =
        new Fake(
            "second",
            keep -> {
              begun.countDown();
              await(killed);
              throw new IOException("its process has ended");
            },
            killed::countDown);
    SuiteRun run = run(new Fake("first", keep -> {}), second, new Fake("third", keep -> {}));
    Thread thread = Thread.ofPlatform().start(run::run);
    begun.await();
    run.stop();
    thread.join();
    assertTrue(run.isStopped());
    assertEquals(List.of(List.of("second", "third"), List.of("second", "third")), notRun());
    assertEquals(List.of("first"), found(1));
    assertEquals(List.of(), kept.get(1).notes());
    assertFalse(progress.toString().contains("third"), progress::toString);
  }

  /** Ctrl-C ends the children at once, perhaps before this process is told. */
  @Test
  void stop_aMomentAfterTheChildHasFailed_isNoFailure() throws Exception {
    CountDownLatch failing = new CountDownLatch(1);
    SuiteRun run =
        run(
            new Fake(
                "first",
                keep -> {
                  failing.countDown();
                  throw new IOException("its process has ended");
                }));
    Thread thread = Thread.ofPlatform().start(run::run);
    failing.await();
    run.stop();
    thread.join();
    assertEquals(List.of(List.of("first")), notRun());
    assertEquals(List.of(), kept.get(0).notes());
  }

  @Test
  void run_groupWithResultsBeforeItsEnd_isKeptAsNotRunToTheEnd() {
    run(new Fake("first", Runnable::run), new Fake("second", keep -> {})).run();
    assertEquals(List.of(List.of("first", "second"), List.of("second"), List.of()), notRun());
  }

  @Test
  void run_progress_hasGroupNumberElapsedAndEstimate() {
    run(new Fake("first", keep -> {}), new Fake("second", keep -> {})).run();
    assertEquals(
        """
        Groups: 2, about 2:30; Ctrl-C keeps those that have finished
        [1/2] 0:00 of about 2:30: first
        [2/2] 0:00 of about 2:30: second
        """,
        progress.toString());
    assertEquals("61:01", SuiteRun.time(3661));
  }

  private SuiteRun run(Fake... groups) {
    return new SuiteRun(
        List.of(groups), new Findings(Map.of()), kept::add, new PrintWriter(progress));
  }

  private List<List<String>> notRun() {
    return kept.stream().map(SuiteResults::notRun).toList();
  }

  private List<String> found(int index) {
    return kept.get(index).jmh().stream().map(JmhResult::method).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a figure of its name, if its work does not fail. */
  private record Fake(String name, Work work, Runnable end) implements Group {

    Fake(String name, Work work) {
      this(name, work, () -> {});
    }

    @Override
    public double seconds() {
      return 75;
    }

    @Override
    public void run(Findings findings, Runnable keep) throws IOException {
      work.run(keep);
      findings.add(SuiteFiles.jmh("FakeBenchmark." + name, Map.of(), 1, 0));
    }

    @Override
    public void stop() {
      end.run();
    }

    private interface Work {
      void run(Runnable keep) throws IOException;
    }
  }
}
