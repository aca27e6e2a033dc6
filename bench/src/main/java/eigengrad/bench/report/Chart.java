package eigengrad.bench.report;

/** A drawing for a page. */
public interface Chart {

  /**
   * What it shows.
   *
   * @return the title
   */
  String title();

  /**
   * The drawing.
   *
   * @param id the element's id, unique in its document
   * @return an {@code svg} element
   */
  String svg(String id);
}
