package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HtmlTest {

  @Test
  void text_markup_isEscaped() {
    assertEquals(
        "<p>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>",
        "" + Html.element("p", "a <b> & \"c\" 'd'"));
  }

  @Test
  void with_quotes_doNotEndTheAttribute() {
    assertEquals(
        "<p title=\"&quot; onclick=&quot;x\"></p>",
        "" + Html.element("p").with("title", "\" onclick=\"x"));
  }

  @Test
  void text_characterXmlForbids_isReplaced() {
    assertEquals("<p>a\uFFFDb\uFFFDc\td</p>", "" + Html.element("p", "a\u0000b\uD800c\td"));
  }

  @Test
  void text_characterBeyondTheBasicPlane_isKept() {
    assertEquals("<p>λ 😀</p>", "" + Html.element("p", "λ 😀"));
  }

  @Test
  void element_empty_closesItselfOnlyWhereHtmlSaysSo() {
    assertEquals("<br />", "" + Html.element("br"));
    assertEquals("<td></td>", "" + Html.element("td"));
  }

  @Test
  void add_elements_keepTheirOrder() {
    assertEquals(
        "<p>a<b>b</b>c<i></i></p>",
        ""
            + Html.element("p")
                .text("a")
                .add(Html.element("b", "b"))
                .text("c")
                .add(Html.element("i")));
  }
}
