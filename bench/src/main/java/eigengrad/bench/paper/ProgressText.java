package eigengrad.bench.paper;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** How far the experiment has come, as a line: share, bar, runs ended, time left. */
final class ProgressText implements ProgressBarRenderer {
  private static final int BAR_LENGTH = 24;

  private final String filled;
  private final String empty;

  /**
   * A renderer.
   *
   * @param blocks whether block characters can be printed
   */
  ProgressText(boolean blocks) {
    this.filled = blocks ? "█" : "#";
    this.empty = blocks ? "░" : ".";
  }

  @Override
  public String render(ProgressState state, int maxLength) {
    long max = Math.max(1, state.getMax());
    double done = Math.min(1.0, (double) state.getCurrent() / max);
    int full = (int) (done * BAR_LENGTH);
    String line =
        "%s %3d%% %s%s  %s%s"
            .formatted(
                state.getTaskName(),
                (int) (100 * done),
                filled.repeat(full),
                empty.repeat(BAR_LENGTH - full),
                state.getExtraMessage().isEmpty() ? "" : state.getExtraMessage() + ", ",
                timeLeft(state.getElapsedAfterStart(), done));
    return line.substring(0, Math.min(line.length(), maxLength));
  }

  private static String timeLeft(Duration elapsed, double done) {
    if (done == 1) {
      return "took " + PaperReport.clock(elapsed);
    }
    if (done == 0) {
      return "time left unknown";
    }
    long seconds = (long) Math.ceil(elapsed.toMillis() * 1e-3 * (1 - done) / done);
    return PaperReport.clock(Duration.ofSeconds(seconds)) + " left";
  }
}
