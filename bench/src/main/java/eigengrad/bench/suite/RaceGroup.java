package eigengrad.bench.suite;

import eigengrad.bench.peers.PeerComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The race, which keeps its results after each order. */
record RaceGroup(RacePlan plan, double seconds, Path folder, Path natives, PrintWriter progress)
    implements Group {

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public void run(Findings findings, Runnable keep) throws IOException {
    CommandLine command =
        PeerComparison.commandLine(
            document -> {
              findings.setRace(plan.name(), document);
              keep.run();
            });
    command.setOut(new PrintWriter(PrintWriter.nullWriter())).setErr(progress);
    List<String> arguments = new ArrayList<>(plan.arguments());
    arguments.addAll(List.of("--out", folder.toString(), "--natives", natives.toString()));
    int status = command.execute(arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IOException("ended with status " + status);
    }
    findings.setRace(plan.name(), SuiteResults.readRace(folder.resolve("results.json")));
  }

  /** Nothing: the race notices by itself that the JVM is ending. */
  @Override
  public void stop() {}
}
