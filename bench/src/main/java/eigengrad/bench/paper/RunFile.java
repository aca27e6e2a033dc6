package eigengrad.bench.paper;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import eigengrad.bench.program.Machine;
import eigengrad.bench.report.WholeFile;
import eigengrad.simd.Kernels;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A finished run as JSON. Whatever a reader needs is inside: the settings, the result, and on what
 * machine and when it was made.
 */
final class RunFile {
  private static final int FORMAT = 1;
  private static final String REMEDY =
      ": delete it to train that run again, or give another folder as --out";

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private RunFile() {}

  /**
   * What the file holds.
   *
   * @param format of the file
   * @param run a name that no other run of the same settings has
   * @param settings what the run shares with others, by the names of their options
   * @param errorPercent null for a failed run
   * @param largestGradient before the run ended
   * @param failure null for a run that reached its end
   * @param seconds wall time
   * @param made where and when
   * @param losses training losses
   */
  private record Document(
      int format,
      @Nullable String run,
      @Nullable Map<String, String> settings,
      @Nullable Double errorPercent,
      double largestGradient,
      @Nullable String failure,
      double seconds,
      @Nullable Map<String, String> made,
      @Nullable LossCurve losses) {}

  static String json(RunResult result, Map<String, String> settings) {
    Document document =
        new Document(
            FORMAT,
            result.settings().word(),
            new TreeMap<>(settings),
            result.succeeded() ? result.errorPercent() : null,
            result.largestGradient(),
            result.failure(),
            result.seconds(),
            made(),
            result.losses());
    return GSON.toJson(document) + "\n";
  }

  private static Map<String, String> made() {
    Map<String, String> made = new LinkedHashMap<>(Machine.describe());
    made.put("kernel set", Kernels.active().name());
    made.put(
        "finished",
        ZonedDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)));
    return made;
  }

  /**
   * Reads a result.
   *
   * @param file as {@link #json} wrote it
   * @param settings that the run must share
   * @param run that it must be
   * @throws IOException if the file is damaged or of another run; the message says what to do
   */
  static RunResult read(Path file, Map<String, String> settings, RunSettings run)
      throws IOException {
    Document document = parse(file);
    if (document.format != FORMAT) {
      throw new IOException(
          "'%s' is of format %d, not %d%s".formatted(file, document.format, FORMAT, REMEDY));
    }
    LossCurve losses = document.losses;
    boolean whole = (document.failure == null) == (document.errorPercent != null);
    if (document.run == null || document.settings == null || losses == null || !whole) {
      throw damaged(file, "a part is missing");
    }
    if (!document.run.equals(run.word())) {
      throw new IOException(
          "'%s' holds the run %s, not %s%s".formatted(file, document.run, run.word(), REMEDY));
    }
    MismatchException.require(file, settings, document.settings);
    return new RunResult(
        run,
        losses,
        Objects.requireNonNullElse(document.errorPercent, Double.NaN),
        document.largestGradient,
        document.failure,
        document.seconds);
  }

  private static Document parse(Path file) throws IOException {
    try {
      Document document = GSON.fromJson(Files.readString(file), Document.class);
      if (document != null) {
        return document;
      }
    } catch (CharacterCodingException | RuntimeException e) {
      throw damaged(file, reason(e));
    }
    throw damaged(file, "it is empty");
  }

  private static IOException damaged(Path file, String how) {
    return new IOException("'%s' is damaged (%s)%s".formatted(file, how, REMEDY));
  }

  /** What was wrong, innermost cause and first line: the rest is about the parser. */
  private static String reason(Exception e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /** Reads the settings that the runs of a folder share. */
  static Map<String, String> readSettings(Path file) throws IOException {
    try {
      Map<String, String> settings =
          GSON.fromJson(Files.readString(file), new TypeToken<Map<String, String>>() {});
      if (settings != null) {
        return settings;
      }
    } catch (CharacterCodingException | RuntimeException e) {
      throw damagedSettings(file, reason(e));
    }
    throw damagedSettings(file, "it is empty");
  }

  private static IOException damagedSettings(Path file, String how) {
    return new IOException(
        "'%s' is damaged (%s): give another folder as --out".formatted(file, how));
  }

  /** Writes the settings that the runs of a folder share. */
  static void writeSettings(Path file, Map<String, String> settings) throws IOException {
    WholeFile.write(file, GSON.toJson(settings) + "\n");
  }
}
