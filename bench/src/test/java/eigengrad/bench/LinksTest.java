package eigengrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents link to inside the project is there. */
class LinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s]+)[^)]*\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

  @Test
  void documents_relativeLinks_exist() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (String document : List.of("README.md", "grad/doc/decisions.md")) {
      assertTrue(documents.contains(ROOT.resolve(document)), documents::toString);
    }
    List<String> broken = new ArrayList<>();
    for (Path document : documents) {
      broken.addAll(brokenLinks(document));
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void brokenLinks_allKinds_findsTheBroken(@TempDir Path folder) throws IOException {
    Path document =
        Files.writeString(
            folder.resolve("document.md"),
            """
            [itself](document.md#part), [part](#part), [web](https://example.org/none),
            [gone](gone.md), [below](a/gone.md#part), ![image](gone.png "title"), [dir](.)
            `a[i](none)`
            ```
            b[i](none)
            ```
            """);
    assertEquals(
        Stream.of("gone.md", "a/gone.md", "gone.png").map(to -> document + ": " + to).toList(),
        brokenLinks(document));
  }

  private static List<String> brokenLinks(Path document) throws IOException {
    String text = CODE.matcher(Files.readString(document)).replaceAll("");
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !ELSEWHERE.matcher(link).matches())
        .map(link -> link.replaceFirst("#.*", ""))
        .filter(path -> !Files.exists(document.resolveSibling(path)))
        .map(path -> document + ": " + path)
        .toList();
  }
}
