package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;

final class ProgressTextTest {

  @Test
  void render_halfDone_showsHalfABar() {
    String line = lastLine(50, 79);
    assertTrue(line.startsWith("Training  50% ############............  3 of 9 runs, "), line);
    assertTrue(line.endsWith(" left"), line);
  }

  @Test
  void render_done_showsTimeTaken() {
    String line = lastLine(100, 79);
    assertTrue(
        line.startsWith("Training 100% ########################  3 of 9 runs, took 0:00:"), line);
  }

  @Test
  void render_narrowTerminal_isCutToItsWidth() {
    assertEquals(30, lastLine(100, 30).length());
  }

  private static String lastLine(long steps, int width) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (ProgressBar bar =
        ProgressBar.builder()
            .setTaskName("Training")
            .setInitialMax(100)
            .setRenderer(new ProgressText(false))
            .setConsumer(new DelegatingProgressBarConsumer(lines::add, width))
            .build()) {
      bar.setExtraMessage("3 of 9 runs");
      bar.stepTo(steps);
    }
    return lines.get(lines.size() - 1);
  }
}
