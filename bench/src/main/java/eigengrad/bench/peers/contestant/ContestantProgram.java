package eigengrad.bench.peers.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The program of a contestant's JVM. It greets with {@code hello} and a description, then answers
 * each {@link Message} on standard input with one on standard output, and waits idle in between:
 *
 * <table>
 *   <caption>Requests and replies</caption>
 *   <tr><td>{@code prepare workload n seed}</td><td>{@code prepared}, or {@code unsupported}</td></tr>
 *   <tr><td>{@code check}</td><td>{@code checked residual orthogonality values…}</td></tr>
 *   <tr><td>{@code warm seconds}</td><td>{@code warm nanos}: of a call</td></tr>
 *   <tr><td>{@code time calls}</td><td>{@code timed nanos fastest}: of all calls, of one</td></tr>
 *   <tr><td>{@code phases calls}</td><td>{@code phases reduction tridiagonal back}: nanoseconds of a
 *       call, or {@code unsupported}</td></tr>
 *   <tr><td>{@code end}</td><td>nothing; so does the end of the input</td></tr>
 * </table>
 *
 * <p>The reply is {@code failed} with a message where something was thrown.
 */
public final class ContestantProgram {
  /** System property that names the native library of this JVM. */
  public static final String NATIVE_LIBRARY = "eigengrad.bench.native";

  private final Library library;
  private @Nullable Task task;

  ContestantProgram(Library library) {
    this.library = library;
  }

  /**
   * Serves one library until told to end.
   *
   * @param args the library's {@link LibraryName}, and how many threads it may use
   * @throws IOException if the race is gone
   */
  public static void main(String[] args) throws IOException {
    PrintStream replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Library library;
    try {
      library = LibraryName.valueOf(args[0]).open(Integer.parseInt(args[1]));
      replies.println(Message.of("hello", library.description()).line());
    } catch (RuntimeException | LinkageError e) {
      replies.println(failure(e).line());
      return;
    }
    new ContestantProgram(library).serve(requests, replies);
  }

  void serve(BufferedReader requests, PrintStream replies) throws IOException {
    String line = requests.readLine();
    while (line != null) {
      Optional<Message> request = Message.parse(line);
      if (request.isPresent()) {
        if (request.get().verb().equals("end")) {
          return;
        }
        replies.println(reply(request.get()).line());
      }
      line = requests.readLine();
    }
  }

  /** An error of the library, out of memory for one, ends the task and not the program. */
  private Message reply(Message request) {
    try {
      return switch (request.verb()) {
        case "prepare" -> prepare(request);
        case "check" -> check();
        case "warm" -> Message.of("warm", WarmUp.run(task().job(), request.number(0)));
        case "time" -> time(request.whole(0));
        case "phases" -> phases(request.whole(0));
        default -> throw new IllegalArgumentException("unknown request '" + request.verb() + "'");
      };
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      return failure(e);
    }
  }

  private Message prepare(Message request) {
    task = null;
    Workload workload =
        Workload.of(request.word(0))
            .orElseThrow(() -> new IllegalArgumentException("no workload " + request.word(0)));
    int n = Math.toIntExact(request.whole(1));
    long seed = request.whole(2);
    task = Task.of(library, workload, n, seed);
    return Message.of(task == null ? "unsupported" : "prepared");
  }

  private Message check() {
    Answer answer = task().check();
    String values =
        Arrays.stream(answer.values()).mapToObj(Double::toString).collect(Collectors.joining(" "));
    return Message.of("checked", answer.residual(), answer.orthogonality(), values);
  }

  private Message time(long calls) {
    Stopwatch.Lap lap = Stopwatch.time(task().job(), calls);
    return Message.of("timed", lap.nanos(), lap.fastest());
  }

  private Message phases(long calls) {
    double[] nanos = task().job().phases(calls);
    return nanos.length == 0
        ? Message.of("unsupported")
        : Message.of("phases", nanos[0], nanos[1], nanos[2]);
  }

  private Task task() {
    Task prepared = task;
    if (prepared == null) {
      throw new IllegalStateException("nothing is prepared");
    }
    return prepared;
  }

  private static Message failure(Throwable e) {
    e.printStackTrace();
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Message.of("failed", cause);
  }
}
