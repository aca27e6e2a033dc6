package eigengrad.bench.truth;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import eigengrad.bench.report.Page;
import eigengrad.bench.truth.NearlyWhite.Cell;
import eigengrad.bench.truth.NearlyWhite.Data;
import eigengrad.grad.paper.Precision;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;

/** Nearly white inputs as tables and in words. */
final class NearlyWhiteText {
  private NearlyWhiteText() {}

  static List<SectionTag> sections(NearlyWhite found) {
    SectionTag section =
        section(
            h2("Nearly white inputs"),
            p(
                "Of white data, or data that a layer before has whitened, all eigenvalues of the"
                    + " covariance nearly tie; two constant channels tie exactly. Each cell holds"
                    + " the median relative error of the gradient of whitening, and how many of"
                    + " the draws had no finite gradient."));
    for (Precision precision : Precision.values()) {
      section.with(h3(Figures.name(precision)), div(table(found, precision)).withClass("wide"));
    }
    return List.of(section);
  }

  private static TableTag table(NearlyWhite found, Precision precision) {
    List<String> columns = new ArrayList<>(List.of("data", "route"));
    List<Integer> sizes = found.cells().stream().map(Cell::channels).distinct().sorted().toList();
    sizes.forEach(d -> columns.add("d = " + d));
    List<TrTag> rows = new ArrayList<>();
    for (Data data : Data.values()) {
      for (Route route : Route.values()) {
        List<Cell> cells = cells(found, data, route, precision);
        if (!cells.isEmpty()) {
          rows.add(row(cells, sizes));
        }
      }
    }
    return Page.figures(columns, rows);
  }

  private static TrTag row(List<Cell> cells, List<Integer> sizes) {
    Cell any = cells.get(0);
    TrTag row =
        tr(
            th(any.data().label()).withScope("row"),
            td(any.errors().route().label()).withClass("text"));
    for (int size : sizes) {
      row.with(
          td(
              cells.stream()
                  .filter(cell -> cell.channels() == size)
                  .map(cell -> text(cell.errors()))
                  .findFirst()
                  .orElse("-")));
    }
    return row;
  }

  private static String text(RouteErrors errors) {
    String median = Figures.percent(errors.medianError());
    return errors.gone() == 0
        ? median
        : "%s (%d of %d gone)".formatted(median, errors.gone(), errors.draws().size());
  }

  static List<String> verdict(NearlyWhite found) {
    List<String> lines = new ArrayList<>();
    for (Data data : Data.values()) {
      for (Precision precision : Precision.values()) {
        Sentences sentences = new Sentences("Nearly white: " + data.label(), precision);
        for (Route route : Route.values()) {
          List<Cell> cells = cells(found, data, route, precision);
          if (!cells.isEmpty()) {
            sentences.add(route, sentence(cells));
          }
        }
        lines.addAll(sentences.lines());
      }
    }
    return lines;
  }

  /** A route on all sizes of one kind of data. */
  static String sentence(List<Cell> cells) {
    int draws = cells.stream().mapToInt(cell -> cell.errors().draws().size()).sum();
    int gone = cells.stream().mapToInt(cell -> cell.errors().gone()).sum();
    int notRight =
        cells.stream().mapToInt(cell -> cell.errors().beyond(TieVerdict.RIGHT)).sum() - gone;
    if (gone + notRight == 0) {
      return "right in all %d draws".formatted(draws);
    }
    List<String> parts = new ArrayList<>();
    if (notRight > 0) {
      double worst =
          cells.stream()
              .mapToDouble(cell -> cell.errors().largestError())
              .filter(Double::isFinite)
              .max()
              .orElse(0);
      parts.add("wrong in %d, by up to %s".formatted(notRight, Figures.percent(worst)));
    }
    if (gone > 0) {
      parts.add("no finite gradient in %d".formatted(gone));
    }
    return "%s, of %d draws".formatted(String.join("; ", parts), draws);
  }

  private static List<Cell> cells(NearlyWhite found, Data data, Route route, Precision precision) {
    return found.cells().stream()
        .filter(cell -> cell.data() == data)
        .filter(cell -> cell.errors().route() == route)
        .filter(cell -> cell.errors().precision() == precision)
        .toList();
  }
}
