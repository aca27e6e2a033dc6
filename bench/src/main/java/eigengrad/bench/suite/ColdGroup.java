package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.peers.Contestant;
import java.io.IOException;
import java.nio.file.Path;

/** A fresh JVM of one contestant. */
record ColdGroup(Contestant contestant, int n, double seconds, Path logs) implements Group {

  @Override
  public String name() {
    return "ColdStart n=%d, %s".formatted(n, contestant.name());
  }

  @Override
  public void run(Findings findings, Runnable keep) throws IOException {
    findings.add(
        ColdStart.of(contestant, n, seconds, logs).orElseThrow(() -> new IOException("failed")));
  }

  @Override
  public void stop() {
    Group.endChildren();
  }
}
