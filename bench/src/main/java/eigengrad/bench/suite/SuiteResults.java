package eigengrad.bench.suite;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.report.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file that a run leaves, from which every report is made.
 *
 * @param machine what it ran on, when, and by which command
 * @param unfinished what was still to be run when it was written; none in a file of a whole run
 * @param notes what was left out
 * @param jmh figures of JMH
 * @param coldStarts of fresh JVMs
 * @param race the comparison with other libraries, in turns
 */
record SuiteResults(
    Map<String, String> machine,
    @Nullable List<String> unfinished,
    List<String> notes,
    List<JmhResult> jmh,
    List<ColdStart> coldStarts,
    JsonReport.@Nullable Document race) {
  private static final MathContext DIGITS = new MathContext(6);
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(double.class, rounded())
          .registerTypeAdapter(Double.class, rounded())
          .create();

  /** What was still to be run, or had not come to its end. */
  List<String> notRun() {
    return unfinished == null ? List.of() : unfinished;
  }

  /** Six digits, which no measurement exceeds. */
  private static JsonSerializer<Double> rounded() {
    return (number, type, context) ->
        Double.isFinite(number)
            ? new JsonPrimitive(new BigDecimal(number).round(DIGITS))
            : new JsonPrimitive(number.toString());
  }

  /**
   * Reads a file of this kind.
   *
   * @throws IOException if it cannot be read or is of another kind
   */
  static SuiteResults read(Path file) throws IOException {
    try {
      SuiteResults results = GSON.fromJson(Files.readString(file), SuiteResults.class);
      if (results == null || results.machine == null || results.jmh == null) {
        throw new IOException(file + " is no file of results");
      }
      return results;
    } catch (JsonParseException e) {
      throw new IOException(file + " is no file of results: " + e.getMessage(), e);
    }
  }

  /** Reads what JMH wrote. */
  static List<JmhResult> readJmh(Path file) throws IOException {
    try {
      JmhResult[] results = GSON.fromJson(Files.readString(file), JmhResult[].class);
      return results == null
          ? List.of()
          : List.of(results).stream().map(JmhResult::trimmed).toList();
    } catch (JsonParseException e) {
      throw new IOException(file + " is not of JMH: " + e.getMessage(), e);
    }
  }

  /** Reads what the race wrote. */
  static JsonReport.Document readRace(Path file) throws IOException {
    return GSON.fromJson(Files.readString(file), JsonReport.Document.class);
  }

  /**
   * Writes it, a line for each figure.
   *
   * @throws IOException if it cannot be written
   */
  void write(Path file) throws IOException {
    WholeFile.write(file, json());
  }

  String json() {
    return """
        {
        "machine": %s,
        "unfinished": %s,
        "notes": %s,
        "jmh": %s,
        "coldStarts": %s,
        "race": %s
        }
        """
        .formatted(
            GSON.toJson(machine),
            lines(notRun()),
            lines(notes),
            lines(jmh),
            lines(coldStarts),
            raceJson());
  }

  private String raceJson() {
    if (race == null) {
      return "null";
    }
    return """
        {
        "machine": %s,
        "partial": %s,
        "entrants": %s,
        "notes": %s,
        "measurements": %s,
        "phases": %s
        }"""
        .formatted(
            GSON.toJson(race.machine()),
            race.partial(),
            lines(race.entrants()),
            lines(race.notes()),
            lines(race.measurements()),
            lines(race.phases()));
  }

  private static String lines(List<?> items) {
    return items.stream().map(GSON::toJson).collect(Collectors.joining(",\n", "[\n", "\n]"));
  }
}
