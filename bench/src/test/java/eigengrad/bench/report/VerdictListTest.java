package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictListTest {

  @Test
  void of_blocksOfLines_areHeadingsAndLists() {
    assertEquals(
        "<h3>One</h3><dl class=\"key\"><dt>Ours, SVD</dt><dd>right; 5 % off</dd>"
            + "<dt>Published formula</dt><dd>gone: all</dd></dl><h3>Two</h3>",
        VerdictList.of(
                List.of(
                    "One", "  Ours, SVD: right; 5 % off", "  Published formula: gone: all", "Two"))
            .render());
  }

  @Test
  void of_nothing_isNothing() {
    assertEquals("", VerdictList.of(List.of()).render());
  }
}
