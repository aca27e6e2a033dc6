package eigengrad.linalg;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tridiagonal matrices of real problems and of known solver bugs in a folder of {@code .dat}
 * files: a line with n, then n lines with index, diagonal and off-diagonal element, the last one
 * unused.
 *
 * <p>The folder is the one in the system property {@code eigengrad.stcollection}, else {@code
 * shared/data/stcollection} in a folder above this module. Source: O. A. Marques, C. Vömel, J. W.
 * Demmel and B. N. Parlett, <i>Algorithm 880: A testing infrastructure for symmetric tridiagonal
 * eigensolvers</i>, 2008.
 */
final class StCollection {
  private static final String PROPERTY = "eigengrad.stcollection";

  /** What a test says that is skipped for want of the folder. */
  static final String ABSENT =
      "the STCollection is not there: name the folder of its .dat files in -D" + PROPERTY;

  private StCollection() {}

  static boolean isPresent() {
    return folder().isPresent();
  }

  /** Those up to an order, by name: none where there is no such folder. */
  static Map<String, Tridiagonal> upTo(int order) {
    Map<String, Tridiagonal> all = new TreeMap<>();
    for (Path file : folder().map(StCollection::matricesIn).orElse(List.of())) {
      Tridiagonal t = read(file);
      if (t.d().length <= order) {
        all.put("STCollection, " + file.getFileName(), t);
      }
    }
    return all;
  }

  private static Optional<Path> folder() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), above -> above != null, Path::getParent)
        .map(above -> above.resolve("shared/data/stcollection"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static List<Path> matricesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> matrices = files.filter(file -> file.toString().endsWith(".dat")).toList();
      if (matrices.isEmpty()) {
        throw new IllegalStateException("no .dat file in " + folder);
      }
      return matrices;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tridiagonal read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      int n = Integer.parseInt(lines.get(0).strip());
      return Tridiagonal.of(n, i -> field(lines, i, 1), i -> field(lines, i, 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double field(List<String> lines, int i, int field) {
    return Double.parseDouble(lines.get(i + 1).strip().split("\\s+", -1)[field]);
  }
}
