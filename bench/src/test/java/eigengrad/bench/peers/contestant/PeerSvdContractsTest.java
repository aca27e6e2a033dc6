package eigengrad.bench.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of singular value decompositions in props' documentation is that of a run. */
@Tag("slow")
class PeerSvdContractsTest {
  private static final Path DOCUMENT = Path.of("..", "props", "doc", "measurements.md");
  private static final Path GENERATED = Path.of("target", "peer-svd-contracts.md");

  @Test
  void document_holdsTheTableThatEigengradPasses() throws IOException {
    PeerContractsTable table = PeerContractsTable.ofSvds();
    Files.writeString(GENERATED, table.markdown());
    assertEquals(Map.of(), table.failures("eigengrad"));
    assertTrue(
        Files.readString(DOCUMENT).contains(table.markdown()),
        () -> "the table in props/doc/measurements.md is not that of bench/" + GENERATED);
  }

  /** A process of its own each, since nothing else stops such a solve. */
  @ParameterizedTest
  @CsvSource({"OJALGO, Infinity", "OJALGO, NaN", "NETLIB, Infinity"})
  void solve_elementNotFinite_neverEnds(String library, String element) throws Exception {
    Process solve =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-classpath",
                System.getProperty("java.class.path"),
                SolveOfSpoiledMatrix.class.getName(),
                library,
                element)
            .redirectErrorStream(true)
            .start();
    try {
      assertFalse(solve.waitFor(10, TimeUnit.SECONDS), "it ended");
    } finally {
      solve.destroyForcibly();
    }
  }

  /** Which ends where the matrix is finite: the wait above is long enough. */
  @ParameterizedTest
  @CsvSource({"OJALGO", "NETLIB"})
  void solve_finite_ends(String library) throws Exception {
    SolveOfSpoiledMatrix.main(library, "0.5");
  }
}
