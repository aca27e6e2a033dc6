package eigengrad.bench.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which benchmarks moved between two runs. */
@Command(name = "compare", description = "Shows which benchmarks moved beyond noise.")
final class CompareCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "<before.json>", description = "Results before a change.")
  private Path before;

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "<after.json>", description = "Results after it.")
  private Path after;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Comparison(read(before), read(after)).markdown());
    out.flush();
    return 0;
  }

  private SuiteResults read(Path file) {
    try {
      return SuiteResults.read(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "cannot be read: " + e.getMessage(), e);
    }
  }
}
