package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.ContestantProgram;
import eigengrad.bench.peers.contestant.Message;
import eigengrad.bench.program.TimedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A contestant's JVM, idle but for the time that {@link #ask} takes. */
final class ContestantProcess implements AutoCloseable {
  private static final int SECONDS_TO_END = 2;

  private final Path log;
  private final Process process;
  private final BufferedReader replies;
  private final Writer requests;
  private final Entrant entrant;

  private ContestantProcess(Contestant contestant, int threads, Path log, Process process)
      throws ContestantFailure {
    this.log = log;
    this.process = process;
    this.replies = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    try {
      this.entrant =
          new Entrant(
              contestant.name(), contestant.kind(), threads, contestant.origin(), reply().text());
    } catch (ContestantFailure e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Starts a JVM and waits for its greeting.
   *
   * @param threads that the contestant may use
   * @param logs folder for what it prints on standard error
   * @throws ContestantFailure if it cannot be started or its library cannot be opened
   */
  static ContestantProcess start(Contestant contestant, int threads, Path logs)
      throws ContestantFailure {
    Path log = logs.resolve(contestant.name().replace(' ', '-') + "-" + threads + ".log");
    ProcessBuilder builder = new ProcessBuilder(command(contestant, threads));
    builder.environment().putAll(TimedJvm.environment(threads));
    builder.environment().putAll(contestant.environment());
    builder.redirectError(log.toFile());
    try {
      return new ContestantProcess(contestant, threads, log, builder.start());
    } catch (IOException e) {
      throw new ContestantFailure("cannot be started: " + e.getMessage());
    }
  }

  /** Who runs in it. */
  Entrant entrant() {
    return entrant;
  }

  /** Whether it can still be asked. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has used of all processors until now; zero where the system does not tell. */
  long processorNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /**
   * Sends a request and waits for the reply.
   *
   * @throws ContestantFailure if the reply is {@code failed} or the process has ended
   */
  Message ask(String verb, Object... arguments) throws ContestantFailure {
    try {
      requests.write(Message.of(verb, arguments).line() + "\n");
      requests.flush();
    } catch (IOException e) {
      throw ended();
    }
    return reply();
  }

  private Message reply() throws ContestantFailure {
    try {
      String line = replies.readLine();
      while (line != null) {
        Optional<Message> message = Message.parse(line);
        if (message.isPresent()) {
          return orFailure(message.get());
        }
        line = replies.readLine();
      }
    } catch (IOException e) {
      throw ended();
    }
    throw ended();
  }

  private static Message orFailure(Message reply) throws ContestantFailure {
    if (reply.verb().equals("failed")) {
      throw new ContestantFailure(reply.text());
    }
    return reply;
  }

  private ContestantFailure ended() {
    return new ContestantFailure("its process has ended, see " + log);
  }

  /** Ends the process at once, whatever it is doing; may be called on any thread. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      requests.write(Message.of("end").line() + "\n");
      requests.close();
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (IOException alreadyEnded) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(Contestant contestant, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TimedJvm.options(threads));
    contestant.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-classpath",
            System.getProperty("java.class.path"),
            ContestantProgram.class.getName(),
            contestant.library().name(),
            Integer.toString(threads)));
    return command;
  }
}
