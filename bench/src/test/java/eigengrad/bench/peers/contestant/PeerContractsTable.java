package eigengrad.bench.peers.contestant;

import eigengrad.props.ChosenSeed;
import eigengrad.props.ContractRun;
import eigengrad.props.Limit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which properties of the contract each library satisfies, as Markdown. */
final class PeerContractsTable {
  private static final String SEED = "42";
  private static final int TRIES = 200;

  private final Map<String, ContractRun> runs = new LinkedHashMap<>();

  private PeerContractsTable() {}

  /** From a run of the contract on each library, always from the same seed. */
  static PeerContractsTable run() {
    PeerContractsTable table = new PeerContractsTable();
    Map<String, Class<?>> subjects = new LinkedHashMap<>();
    subjects.put("eigengrad", PeerSolver.OfEigengrad.class);
    subjects.put("EJML", PeerSolver.OfEjml.class);
    subjects.put("ojAlgo", PeerSolver.OfOjAlgo.class);
    subjects.put("Commons Math", PeerSolver.OfCommonsMath.class);
    subjects.put("Hipparchus", PeerSolver.OfHipparchus.class);
    subjects.put("netlib", PeerSolver.OfNetlib.class);
    System.setProperty(ChosenSeed.PROPERTY, SEED);
    try {
      subjects.forEach(
          (name, subject) -> table.runs.put(name, ContractRun.of(subject, TRIES, false)));
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
