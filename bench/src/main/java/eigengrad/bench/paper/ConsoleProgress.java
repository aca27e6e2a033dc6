package eigengrad.bench.paper;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar with the time left, redrawn in place on a terminal. Anywhere else, such as a log file, it
 * is a line on standard error every half a minute.
 */
final class ConsoleProgress implements Progress {
  private static final int REDRAW_MILLIS = 200;
  private static final int LINE_MILLIS = 30_000;
  private static final int LINE_LENGTH = 100;

  private final ProgressBar bar;
  private final int runs;
  private final AtomicInteger ended = new AtomicInteger();

  private ConsoleProgress(ProgressBar bar, int runs) {
    this.bar = bar;
    this.runs = runs;
    bar.setExtraMessage(endedRuns());
  }

  /**
   * A bar that fits where the output goes.
   *
   * @param plan every run there will be
   */
  static ConsoleProgress start(List<RunSettings> plan) {
    long steps = plan.stream().mapToLong(RunSettings::steps).sum();
    ProgressBarBuilder builder =
        ProgressBar.builder().setTaskName("Training").setInitialMax(steps).setUnit(" steps", 1);
    if (onTerminal()) {
      boolean unicode = canPrint(System.out, '█');
      builder
          .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(REDRAW_MILLIS)
          .setConsumer(new ConsoleProgressBarConsumer(System.out));
    } else {
      builder
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(LINE_MILLIS)
          .setConsumer(
              new DelegatingProgressBarConsumer(
                  line -> System.err.println(line.strip()), LINE_LENGTH));
    }
    return new ConsoleProgress(builder.build(), plan.size());
  }

  @SuppressWarnings("SystemConsoleNull") // null where standard input or output is redirected
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static boolean canPrint(PrintStream out, char character) {
    return out.charset().newEncoder().canEncode(character);
  }

  @Override
  public void stepped(long steps) {
    bar.stepBy(steps);
  }

  @Override
  public void ended(long stepsLeft) {
    bar.stepBy(stepsLeft);
    ended.incrementAndGet();
    bar.setExtraMessage(endedRuns());
  }

  private String endedRuns() {
    return ended + " of " + runs + " runs";
  }

  @Override
  public void close() {
    bar.close();
  }
}
