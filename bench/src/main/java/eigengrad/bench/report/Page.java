package eigengrad.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A whole HTML document in one file: the style sheet is inside, nothing is loaded from anywhere.
 */
public final class Page {
  private static final String STYLE_SHEET = "report.css";

  private Page() {}

  /**
   * Wraps a body into a document.
   *
   * @param title shown by the browser
   * @param main what the page holds
   * @return the document, UTF-8 when written
   */
  public static String document(String title, Html main) {
    Html head =
        Html.element("head")
            .add(
                Html.element("meta").with("charset", "utf-8"),
                Html.element("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"),
                Html.element("title", title),
                Html.element("style").markup(styleSheet()));
    Html html =
        Html.element("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en")
            .add(head, Html.element("body").add(main));
    return "<!DOCTYPE html>\n" + html + "\n";
  }

  private static String styleSheet() {
    try (InputStream in =
        Objects.requireNonNull(Page.class.getResourceAsStream(STYLE_SHEET), STYLE_SHEET)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
