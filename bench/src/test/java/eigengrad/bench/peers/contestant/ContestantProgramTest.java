package eigengrad.bench.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContestantProgramTest {
  private final FakeLibrary library = new FakeLibrary(new double[] {2}, new double[] {1});

  @Test
  void serve_wholeConversation_isAnsweredLineByLine() throws IOException {
    List<String> replies =
        replies("prepare values 1 5", "check", "warm 0", "time 3", "phases 1", "end", "check");
    assertEquals(5, replies.size(), replies::toString);
    assertEquals("@race prepared", replies.get(0));
    assertEquals("@race checked 0.0 0.0 2.0", replies.get(1));
    assertTrue(replies.get(2).startsWith("@race warm "), replies::toString);
    assertTrue(replies.get(3).matches("@race timed \\d+ [\\d.E]+"), replies::toString);
    assertEquals("@race unsupported", replies.get(4));
  }

  @Test
  void serve_workloadThatTheLibraryLacks_isUnsupported() throws IOException {
    assertEquals(List.of("@race unsupported"), replies("prepare gemm 4 1"));
  }

  @Test
  void serve_exception_isAFailureInOneLineAndNotTheEnd() throws IOException {
    library.broken = true;
    assertEquals(
        List.of(
            "@race prepared",
            "@race failed java.lang.IllegalStateException: no convergence",
            "@race prepared"),
        replies("prepare dense 1 1", "check", "prepare dense 1 1"));
  }

  @Test
  void serve_wrongRequests_areFailures() throws IOException {
    for (String request : List.of("sing", "check", "prepare chess 4 1", "prepare dense")) {
      List<String> replies = replies(request);
      assertEquals(1, replies.size());
      assertTrue(replies.get(0).startsWith("@race failed "), replies::toString);
    }
  }

  @Test
  void serve_eigengrad_knowsItsPhases() throws IOException {
    List<String> replies =
        replies(LibraryName.EIGENGRAD.open(1), "prepare dense 6 1", "check", "phases 2");
    assertEquals(3, Message.parse(replies.get(2)).orElseThrow().arguments().size());
  }

  private List<String> replies(String... requests) throws IOException {
    return replies(library, requests);
  }

  private static List<String> replies(Library library, String... requests) throws IOException {
    StringBuilder lines = new StringBuilder("not for us\n");
    for (String request : requests) {
      lines.append("@race ").append(request).append('\n');
    }
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    new ContestantProgram(library)
        .serve(
            new BufferedReader(new StringReader(lines.toString())),
            new PrintStream(replies, true, StandardCharsets.UTF_8));
    return replies.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
