package eigengrad.bench.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table in props' documentation is that of a run. */
class PeerContractsTest {
  private static final Path DOCUMENT = Path.of("..", "props", "doc", "measurements.md");
  private static final Path GENERATED = Path.of("target", "peer-contracts.md");
  private static PeerContractsTable table = PeerContractsTable.empty();

  @BeforeAll
  static void run() throws IOException {
    table = PeerContractsTable.ofEigensolvers();
    Files.writeString(GENERATED, table.markdown());
  }

  @Test
  void document_holdsTheTable() throws IOException {
    assertTrue(
        Files.readString(DOCUMENT).contains(table.markdown()),
        () -> "the table in props/doc/measurements.md is not that of bench/" + GENERATED);
  }

  @Test
  void eigengrad_satisfiesTheContract() {
    assertEquals(Map.of(), table.failures("eigengrad"));
  }

  /** What the contract is for: wrong answers without a word. */
  @Test
  void infiniteElement_inTwoLibraries_givesZeros() {
    for (String library : new String[] {"Commons Math", "Hipparchus"}) {
      String complaint =
          table.failures(library).getOrDefault("solve_infiniteElement_isRefused", "passed");
      assertTrue(complaint.contains("answered with zeros"), library + ": " + complaint);
    }
  }
}
