package eigengrad.bench.suite;

import eigengrad.bench.program.Folders;
import eigengrad.bench.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the reports of a run again. */
@Command(name = "report", description = "Makes run.md and run.html from run.json, beside it.")
final class ReportCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "<results.json>", description = "What a run wrote.")
  private Path file;

  @Option(
      names = "--readme",
      paramLabel = "<file>",
      description = "Puts the table of speeds into this file as well.")
  private @Nullable Path readme;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      SuiteResults results = SuiteResults.read(file);
      new SuiteReport(results).writeBeside(file);
      if (readme != null) {
        SpeedTable table = new SpeedTable(results, file.getFileName().toString());
        WholeFile.write(readme, table.replacedIn(Files.readString(readme)));
      }
      return 0;
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "error: " + Folders.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
