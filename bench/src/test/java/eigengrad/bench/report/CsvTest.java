package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CsvTest {

  @Test
  void row_cellsWithSeparators_areQuoted() throws IOException {
    StringBuilder text = new StringBuilder();
    Csv csv = new Csv(text, "a", "b");
    csv.row("x,y", "say \"hi\"");
    csv.row(1, Double.NaN);
    assertEquals("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n1,NaN\r\n", text.toString());
  }
}
