package eigengrad.bench.peers.contestant;

import eigengrad.props.ChosenSeed;
import eigengrad.props.ContractRun;
import eigengrad.props.Limit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which properties of a contract each library satisfies, as Markdown. */
final class PeerContractsTable {
  private static final List<String> LIBRARIES =
      List.of("eigengrad", "EJML", "ojAlgo", "Commons Math", "Hipparchus", "netlib");
  private static final String SEED = "42";
  private static final int TRIES = 200;

  private final Map<String, ContractRun> runs = new LinkedHashMap<>();

  private PeerContractsTable() {}

  /** From a run of the contract of eigensolvers on each library. */
  static PeerContractsTable ofEigensolvers() {
    return of(
        PeerSolver.OfEigengrad.class,
        PeerSolver.OfEjml.class,
        PeerSolver.OfOjAlgo.class,
        PeerSolver.OfCommonsMath.class,
        PeerSolver.OfHipparchus.class,
        PeerSolver.OfNetlib.class);
  }

  /** From a run of the contract of singular value decompositions on each library. */
  static PeerContractsTable ofSvds() {
    return of(
        PeerSvd.OfEigengrad.class,
        PeerSvd.OfEjml.class,
        PeerSvd.OfOjAlgo.class,
        PeerSvd.OfCommonsMath.class,
        PeerSvd.OfHipparchus.class,
        PeerSvd.OfNetlib.class);
  }

  /** Always from the same seed. */
  private static PeerContractsTable of(Class<?>... subjects) {
    PeerContractsTable table = new PeerContractsTable();
    System.setProperty(ChosenSeed.PROPERTY, SEED);
    try {
      for (int i = 0; i < subjects.length; i++) {
        table.runs.put(LIBRARIES.get(i), ContractRun.of(subjects[i], TRIES, false));
      }
    } finally {
      System.clearProperty(ChosenSeed.PROPERTY);
    }
    return table;
  }

  /** Without any library. */
  static PeerContractsTable empty() {
    return new PeerContractsTable();
  }

  /** The complaints about a library, by property. */
  Map<String, String> failures(String library) {
    ContractRun run = runs.get(library);
    return run == null ? Map.of() : run.failures();
  }

  /** A row a property, a column a library. */
  String markdown() {
    StringBuilder lines = new StringBuilder("| property |");
    runs.keySet().forEach(name -> lines.append(' ').append(name).append(" |"));
    lines.append("\n|---|").append("---|".repeat(runs.size())).append('\n');
    TreeSet<String> properties = new TreeSet<>();
    runs.values()
        .forEach(
            run -> {
              properties.addAll(run.passed());
              properties.addAll(run.failures().keySet());
            });
    for (String property : properties) {
      StringJoiner cells = new StringJoiner(" | ", "| `" + property + "` | ", " |\n");
      runs.values().forEach(run -> cells.add(cell(run.failures().get(property))));
      lines.append(cells);
    }
    return lines.toString();
  }

  /** What went wrong in a word or two: a limit, an exception, or the start of the complaint. */
  private static String cell(@Nullable String complaint) {
    if (complaint == null) {
      return "✓";
    }
    String text = complaint.replaceFirst("^java.lang.AssertionError: ", "");
    for (Limit limit : Limit.values()) {
      if (text.startsWith(limit.name() + ":")) {
        return "✗ " + limit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
    if (text.equals(complaint)) {
      return "✗ " + text.replaceFirst("(?s):.*", "").replaceFirst(".*\\.", "");
    }
    return "✗ " + text.replaceFirst("(?s)( for |,|:).*", "");
  }
}
