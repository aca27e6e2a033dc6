package eigengrad.bench.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Runs that were made with other settings; the message says which, and what to do. */
final class MismatchException extends IOException {
  private static final long serialVersionUID = 1;

  private MismatchException(String message) {
    super(message);
  }

  /**
   * Requires equal settings.
   *
   * @param where what holds the runs
   * @param expected by the names of their options
   * @param found in the same way
   * @throws MismatchException naming the first that differs
   */
  static void require(Path where, Map<String, String> expected, Map<String, String> found)
      throws MismatchException {
    for (Map.Entry<String, String> setting : expected.entrySet()) {
      String option = setting.getKey();
      String value = found.getOrDefault(option, "nothing");
      if (!value.equals(setting.getValue())) {
        throw new MismatchException(
            "'%s' holds runs with %s %s, not %s: give %s, or another folder as --out"
                .formatted(where, option, value, setting.getValue(), advice(option, value)));
      }
    }
  }

  /** Images are told apart by a checksum, which nobody can give. */
  private static String advice(String option, String value) {
    return option.equals(ImageSets.OPTION) ? "the same " + option : option + " " + value;
  }
}
