package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's example is compiled, and the limits of the documentation are the limits. */
class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/eigengrad/props/MySolverTest.java");

  @Test
  void example_isTheSourceThatIsCompiled() throws IOException {
    String source = Files.readString(SOURCE);
    String example = source.substring(source.indexOf("class MySolverTest"));
    assertTrue(text("README.md").contains("```java\n" + example + "```"), example);
  }

  @Test
  void limits_areThoseOfTheCode() throws IOException {
    String list =
        Arrays.stream(Limit.values())
            .map(
                limit ->
                    "- `%s` ≤ %s: %s; %s"
                        .formatted(limit, number(limit), limit.quantity(), limit.reason()))
            .collect(Collectors.joining("\n"));
    assertTrue(text("doc/contracts.md").contains(list), () -> "not in the document:\n" + list);
  }

  private static String number(Limit limit) {
    return limit == Limit.BOUND
        ? "1 + 1e-12"
        : (limit.value() >= 1 ? "%.0f" : "%.0e").formatted(limit.value());
  }

  private static String text(String document) throws IOException {
    return Files.readString(Path.of(document));
  }
}
