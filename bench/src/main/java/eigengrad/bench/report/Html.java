package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of markup: an element, text or a finished fragment. What it prints is both HTML and
 * well-formed XML; all text and all attribute values are escaped.
 */
public final class Html {
  private static final List<String> VOID = List.of("meta", "br", "hr", "col", "img");

  private final String tag;
  private final StringBuilder attributes = new StringBuilder();
  private final List<String> children = new ArrayList<>();

  private Html(String tag) {
    this.tag = tag;
  }

  /**
   * An empty element.
   *
   * @param tag its name
   * @return the element
   */
  public static Html element(String tag) {
    return new Html(tag);
  }

  /**
   * An element that holds one text.
   *
   * @param tag its name
   * @param text what it says
   * @return the element
   */
  public static Html element(String tag, String text) {
    return new Html(tag).text(text);
  }

  /**
   * Sets an attribute.
   *
   * @param name of the attribute
   * @param value escaped here
   * @return this element
   */
  public Html with(String name, String value) {
    attributes.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    return this;
  }

  /**
   * Appends text.
   *
   * @param text escaped here
   * @return this element
   */
  public Html text(String text) {
    children.add(escape(text));
    return this;
  }

  /**
   * Appends elements.
   *
   * @param elements in their order
   * @return this element
   */
  public Html add(Html... elements) {
    for (Html element : elements) {
      children.add(element.toString());
    }
    return this;
  }

  /**
   * Appends markup as it is: style sheets and drawings of our own making.
   *
   * @param markup well-formed
   * @return this element
   */
  public Html markup(String markup) {
    children.add(markup);
    return this;
  }

  /**
   * Replaces what markup gives a meaning to, and the characters XML forbids by U+FFFD.
   *
   * @param text anything
   * @return text that is safe between tags and in a quoted attribute
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> escape(c, escaped));
    return escaped.toString();
  }

  private static void escape(int c, StringBuilder escaped) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\t', '\n', '\r' -> escaped.appendCodePoint(c);
      default -> escaped.appendCodePoint(isForbiddenInXml(c) ? 0xFFFD : c);
    }
  }

  private static boolean isForbiddenInXml(int c) {
    return c < 0x20
        || (c >= 0x7F && c <= 0x9F)
        || (c >= 0xD800 && c <= 0xDFFF)
        || isNoncharacter(c);
  }

  private static boolean isNoncharacter(int c) {
    return c == 0xFFFE || c == 0xFFFF;
  }

  @Override
  public String toString() {
    if (children.isEmpty() && VOID.contains(tag)) {
      return "<" + tag + attributes + " />";
    }
    return "<" + tag + attributes + ">" + String.join("", children) + "</" + tag + ">";
  }
}
