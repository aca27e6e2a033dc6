package eigengrad.bench.paper;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * A bar with the time left, redrawn in place on a terminal. Anywhere else, such as a log file, it
 * is a line on standard error every half a minute.
 *
 * <p>The library's own console consumers are left alone: the terminal they open takes Ctrl-C away
 * from the JVM's shutdown hooks, and with it the partial report.
 */
final class ConsoleProgress implements Progress {
  private static final int REDRAW_MILLIS = 200;
  private static final int LINE_MILLIS = 30_000;

  /** Fits a terminal of the usual 80 columns without wrapping. */
  private static final int LINE_LENGTH = 79;

  private final ProgressBar bar;
  private final int runs;
  private final Runnable atClose;
  private final AtomicInteger ended = new AtomicInteger();

  private ConsoleProgress(ProgressBar bar, int runs, Runnable atClose) {
    this.bar = bar;
    this.runs = runs;
    this.atClose = atClose;
    bar.setExtraMessage(endedRuns());
  }

  /**
   * A bar that fits where the output goes.
   *
   * @param plan every run there will be
   */
  static Progress start(List<RunSettings> plan) {
    if (plan.isEmpty()) {
      return Progress.none();
    }
    return onTerminal()
        ? new ConsoleProgress(
            bar(plan, REDRAW_MILLIS, ConsoleProgress::redraw), plan.size(), System.out::println)
        : new ConsoleProgress(
            bar(plan, LINE_MILLIS, new DistinctLines(System.err)), plan.size(), () -> {});
  }

  private static ProgressBar bar(List<RunSettings> plan, int millis, Consumer<String> out) {
    return ProgressBar.builder()
        .setTaskName("Training")
        .setInitialMax(plan.stream().mapToLong(RunSettings::steps).sum())
        .setUpdateIntervalMillis(millis)
        .setRenderer(new ProgressText(canPrint(System.out, '█')))
        .setConsumer(new DelegatingProgressBarConsumer(out, LINE_LENGTH))
        .build();
  }

  private static void redraw(String line) {
    System.out.print("\r" + line + " ".repeat(Math.max(0, LINE_LENGTH - line.length())));
    System.out.flush();
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
    atClose.run();
  }

  /** Prints a line unless it is the one before again. */
  private static final class DistinctLines implements Consumer<String> {
    private final PrintStream out;
    private String last = "";

    DistinctLines(PrintStream out) {
      this.out = out;
    }

    @Override
    public synchronized void accept(String line) {
      if (!line.equals(last)) {
        out.println(line);
        last = line;
      }
    }
  }
}
