package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CsvTest {

  @Test
  void row_cellsWithSeparators_areQuoted() {
    Csv csv = new Csv("a", "b");
    csv.row("x,y", "say \"hi\"");
    csv.row(1, Double.NaN);
    assertEquals("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n1,NaN\r\n", csv.toString());
  }
}
