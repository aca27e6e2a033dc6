package eigengrad.bench.peers;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;

/** Everything that was measured, with all samples, as JSON. */
public final class JsonReport {
  private JsonReport() {}

  /** The results until now. */
  static Document document(Map<String, String> machine, Results results, boolean partial) {
    return new Document(
        machine,
        partial,
        results.entrants(),
        results.notes(),
        results.measurements(),
        results.phases());
  }

  /** A document as it is written. */
  static String text(Document document) {
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .serializeSpecialFloatingPointValues()
        .create()
        .toJson(document);
  }

  /**
   * What the file holds.
   *
   * @param machine what the race ran on, and how
   * @param partial whether it was stopped early
   * @param entrants who ran
   * @param notes who was left out of what
   * @param measurements times of whole calls
   * @param phases times of eigengrad's phases
   */
  public record Document(
      Map<String, String> machine,
      boolean partial,
      List<Entrant> entrants,
      List<String> notes,
      List<Measurement> measurements,
      List<PhaseMeasurement> phases) {}
}
