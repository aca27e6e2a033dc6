package eigengrad.bench.suite;

import eigengrad.bench.report.CategoryPlot;
import eigengrad.bench.report.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a call of each library allocates on Java's heap. */
final class AllocationCharts {
  private static final String LIBRARY = "contestant";

  private AllocationCharts() {}

  /**
   * A chart for each workload and order.
   *
   * @param peers the figures of {@code Peer}
   */
  static List<Chart> of(List<JmhResult> peers) {
    List<JmhResult> known = peers.stream().filter(peer -> peer.allocation() >= 0).toList();
    List<Chart> charts = new ArrayList<>();
    for (String task : known.stream().map(AllocationCharts::task).distinct().toList()) {
      List<JmhResult> some = known.stream().filter(peer -> task(peer).equals(task)).toList();
      CategoryPlot chart =
          CategoryPlot.bars(
              "Allocation of a call, " + task,
              "KB",
              some.stream().map(peer -> peer.param(LIBRARY)).toList());
      chart.add("allocated", some.stream().map(peer -> peer.allocation() / 1024).toList());
      charts.add(chart);
    }
    return charts;
  }

  private static String task(JmhResult peer) {
    return "%s, n = %s".formatted(peer.param("workload").toLowerCase(Locale.ROOT), peer.param("n"));
  }
}
