package eigengrad.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * How a line looks. The ones here stay apart for the colour-blind and in grey: their colours are
 * from Okabe and Ito's palette, and each has dashes of its own.
 *
 * @param color of the line
 * @param stroke its width and dashes
 */
public record LineStyle(Color color, BasicStroke stroke) {
  private static final float WIDTH = 1.6f;

  /** Vermillion, short dashes. */
  public static final LineStyle VERMILLION = dashed(0xD55E00, 4, 2);

  /** Bluish green, long dashes. */
  public static final LineStyle GREEN = dashed(0x009E73, 10, 3);

  /** Blue, solid and wider, to be seen under the others. */
  public static final LineStyle BLUE =
      new LineStyle(
          new Color(0x0072B2),
          new BasicStroke(1.5f * WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));

  /** Reddish purple, dashes and dots. */
  public static final LineStyle PURPLE = dashed(0xB5548F, 9, 3, 2, 3);

  /** Orange, dots. */
  public static final LineStyle ORANGE = dashed(0xB07D00, 2, 2);

  /** Sky blue, long dashes and dots. */
  public static final LineStyle SKY = dashed(0x3A9BD9, 14, 3, 2, 3);

  /** Black, dots far apart. */
  public static final LineStyle BLACK = dashed(0x333333, 2, 5);

  private static LineStyle dashed(int rgb, float... dashes) {
    return new LineStyle(
        new Color(rgb),
        new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
  }

  /**
   * Whether it has gaps, through which a line below can be seen.
   *
   * @return false for a solid line
   */
  public boolean hasGaps() {
    return stroke.getDashArray() != null;
  }

  /**
   * The colour for a style sheet.
   *
   * @return {@code #rrggbb}
   */
  public String css() {
    return String.format("#%06x", color.getRGB() & 0xFFFFFF);
  }
}
