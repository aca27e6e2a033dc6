package eigengrad.bench.suite;

import eigengrad.bench.program.TimedJvm;
import eigengrad.simd.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@link JmhProgram}, started anew for each {@link JmhRun}: only a new process can have other
 * environment variables, by which native libraries are told their threads and kernels.
 */
final class JmhProcess {
  private final List<String> options;
  private final Path folder;

  /**
   * A way to start JMH.
   *
   * @param options of every run
   * @param folder for its log and its file
   */
  JmhProcess(List<String> options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /**
   * Runs benchmarks.
   *
   * @param run parameters and surroundings
   * @param benchmarks full names
   * @return the results
   * @throws IOException if JMH failed; its log says why
   */
  List<JmhResult> results(JmhRun run, List<String> benchmarks) throws IOException {
    Path file = folder.resolve("jmh.json");
    Path log = folder.resolve("jmh.log");
    Files.deleteIfExists(file);
    ProcessBuilder builder = new ProcessBuilder(command(run, benchmarks, file));
    builder.environment().putAll(TimedJvm.environment(run.threads()));
    builder.environment().putAll(run.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("failed, see " + log.getFileName());
      }
      return SuiteResults.readJmh(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(file);
    }
  }

  private List<String> command(JmhRun run, List<String> benchmarks, Path file) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(JmhProgram.class.getName());
    benchmarks.forEach(benchmark -> command.add("^" + Pattern.quote(benchmark) + "$"));
    command.addAll(options);
    command.addAll(List.of("-wi", Integer.toString(run.warmUps())));
    run.params()
        .forEach(
            (name, values) -> {
              command.add("-p");
              command.add(name + "=" + String.join(",", values));
            });
    command.add("-jvmArgsAppend");
    command.add(jvmOptions(run));
    command.addAll(List.of("-rf", "json", "-rff", file.toString()));
    return command;
  }

  /** Quoted, since JMH splits them at blanks. */
  private static String jvmOptions(JmhRun run) {
    List<String> all = new ArrayList<>(TimedJvm.options(run.threads()));
    // The steady state: compiled kernels, and nothing in the background.
    all.add("-D" + Kernels.WARM_UP_PROPERTY + "=none");
    run.properties().forEach((name, value) -> all.add("-D" + name + "=" + value));
    return all.stream().map(option -> "\"" + option + "\"").collect(Collectors.joining(" "));
  }
}
