package eigengrad.bench.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.head;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.Config;
import j2html.TagCreator;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.HtmlTag;
import j2html.tags.specialized.MainTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import j2html.utils.EscapeUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A whole HTML document in one file, and the parts that pages share. The style sheet is inside,
 * nothing is loaded from anywhere, and the document is well-formed XML, whatever its texts hold.
 */
public final class Page {
  private static final String STYLE_SHEET = "report.css";
  private static final String CONTROL_OR_FORBIDDEN_IN_XML =
      "[^\\t\\n\\r\\x20-\\x7E\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";
  private static final Config XML =
      Config.defaults().withEmptyTagsClosed(true).withTextEscaper(Page::escape);

  private Page() {}

  /**
   * Wraps a body into a document.
   *
   * @param title shown by the browser
   * @param main what the page holds
   * @return the document, UTF-8 when written
   */
  public static String document(String title, MainTag main) {
    try {
      HtmlTag html =
          TagCreator.html(
                  head(
                      meta().withCharset("utf-8"),
                      meta()
                          .withName("viewport")
                          .withContent("width=device-width, initial-scale=1"),
                      title(title),
                      style().with(rawHtml(styleSheet()))),
                  body(main))
              .attr("xmlns", "http://www.w3.org/1999/xhtml")
              .withLang("en");
      return "<!DOCTYPE html>\n" + html.render(FlatHtml.inMemory(XML)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A drawing, or a sentence that says why there is none.
   *
   * @param title what it shows
   * @param svg draws it; this needs fonts
   * @return a figure or a paragraph
   */
  public static DomContent drawing(String title, Supplier<String> svg) {
    try {
      return figure(rawHtml(svg.get())).attr("role", "img").attr("aria-label", title);
    } catch (RuntimeException | LinkageError | InternalError noFonts) {
      return p("%s: this machine cannot draw text (%s).".formatted(title, noFonts));
    }
  }

  /**
   * A table of figures.
   *
   * @param columns their names
   * @param rows {@code tr} elements
   * @return the table
   */
  public static TableTag figures(List<String> columns, List<TrTag> rows) {
    return table(
            thead(tr(each(columns, column -> th(column).withScope("col")))), tbody().with(rows))
        .withClass("runs");
  }

  /**
   * A row of a table of settings.
   *
   * @param name of the setting
   * @param value of the setting
   * @return the row
   */
  public static TrTag setting(String name, String value) {
    return tr(th(name).withScope("row"), td(value));
  }

  /** The text for markup; a character that XML forbids becomes U+FFFD. */
  static String escape(String text) {
    String allowed = text.replaceAll(CONTROL_OR_FORBIDDEN_IN_XML, "\uFFFD");
    return EscapeUtil.escape(allowed).replace("&#x27;", "&#39;"); // as in committed drawings
  }

  private static String styleSheet() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Page.class.getResourceAsStream(STYLE_SHEET), STYLE_SHEET)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
