package eigengrad.spark;

import eigengrad.linalg.statistics.WhiteningKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the param says for a kind of whitening: {@code zca-cor} for ZCA_COR. */
final class WhiteningNames {
  private WhiteningNames() {}

  static List<String> all() {
    return Stream.of(WhiteningKind.values()).map(WhiteningNames::of).toList();
  }

  static String of(WhiteningKind kind) {
    return kind.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  static WhiteningKind kind(String name) {
    return WhiteningKind.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }
}
