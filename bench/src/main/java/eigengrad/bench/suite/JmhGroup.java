package eigengrad.bench.suite;

import java.io.IOException;
import java.util.List;

/** Some of JMH's benchmarks, in one process of JMH. */
record JmhGroup(
    JmhRun run, List<String> benchmarks, int figures, double seconds, JmhProcess process)
    implements Group {

  @Override
  public String name() {
    return run.toString();
  }

  @Override
  public void run(Findings findings, Runnable keep) throws IOException {
    List<JmhResult> results = process.results(run, benchmarks);
    results.forEach(findings::add);
    if (results.size() < figures) {
      findings.note(
          "%s: %d of %d figures failed, see jmh.log"
              .formatted(run, figures - results.size(), figures));
    }
  }

  @Override
  public void stop() {
    Group.endChildren();
  }
}
