package eigengrad.bench.report;

import static j2html.TagCreator.br;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTest {

  @Test
  void document_markupInText_isEscaped() {
    assertBody("<p>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>", "a <b> & \"c\" 'd'");
  }

  @Test
  void document_quotesInAttribute_doNotEndIt() {
    String page = Page.document("", main(p().attr("title", "\" onclick=\"\u0001")));
    assertTrue(page.contains("<p title=\"&quot; onclick=&quot;\uFFFD\"></p>"), page);
  }

  @Test
  void document_characterXmlForbids_isReplaced() {
    assertBody(
        "<p>a\uFFFDb\uFFFDc\td\uFFFD\uFFFD\uFFFD</p>", "a\u0000b\uD800c\td\u007F\u009F\uFFFE");
  }

  @Test
  void document_characterBeyondTheBasicPlane_isKept() {
    assertBody("<p>λ 😀</p>", "λ 😀");
  }

  @Test
  void document_emptyElement_closesItselfOnlyWhereHtmlSaysSo() {
    String page = Page.document("", main(br(), p()));
    assertTrue(page.contains("<main><br/><p></p></main>"), page);
  }

  @Test
  void drawing_noFonts_isSentenceThatSaysSo() {
    String page =
        Page.document(
            "",
            main(
                Page.drawing(
                    "Losses",
                    () -> {
                      throw new InternalError("no <fonts>");
                    })));
    assertTrue(page.contains("<main><p>Losses: this machine cannot draw text ("), page);
    assertTrue(page.contains("no &lt;fonts&gt;).</p></main>"), page);
  }

  @Test
  void figures_columnsAndRows_areHeadAndBody() {
    String page = Page.document("", main(Page.figures(List.of("n"), List.of())));
    assertTrue(
        page.contains("<thead><tr><th scope=\"col\">n</th></tr></thead><tbody></tbody>"), page);
  }

  private static void assertBody(String expected, String text) {
    String page = Page.document("", main(p(text)));
    assertEquals(expected, page.replaceAll("(?s).*<main>|</main>.*", ""));
  }
}
