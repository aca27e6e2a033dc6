package eigengrad.bench.paper;

import java.util.List;

/**
 * Layers in rows and columns: what a table or a figure of the paper is made of. Each is trained
 * once for each seed.
 *
 * @param cells row by row
 */
record Grid(List<Cell> cells) {
  /** Without cells: what was not asked for. */
  static final Grid NONE = new Grid(List.of());

  Grid {
    cells = List.copyOf(cells);
  }

  /**
   * One layer.
   *
   * @param row its name
   * @param column its name
   * @param layer that is trained
   * @param published what the paper has for it
   */
  record Cell(String row, String column, Layer layer, ErrorFigures published) {}

  boolean isEmpty() {
    return cells.isEmpty();
  }

  List<String> rows() {
    return cells.stream().map(Cell::row).distinct().toList();
  }

  List<String> columns() {
    return cells.stream().map(Cell::column).distinct().toList();
  }

  /** The cells of a row, in the order of the columns. */
  List<Cell> row(String name) {
    return cells.stream().filter(cell -> cell.row().equals(name)).toList();
  }

  /** The cells of a column, in the order of the rows. */
  List<Cell> column(String name) {
    return cells.stream().filter(cell -> cell.column().equals(name)).toList();
  }
}
