package eigengrad.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of rows without a solution, as Spark ML words it. */
enum InvalidRows {
  ERROR,
  SKIP,
  KEEP;

  static List<String> names() {
    return Arrays.stream(values()).map(InvalidRows::toString).toList();
  }

  static InvalidRows named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
