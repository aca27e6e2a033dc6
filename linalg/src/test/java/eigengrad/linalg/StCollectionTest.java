package eigengrad.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tridiagonal matrices of real problems; the larger ones are in {@code LargeAccuracyTest}. */
class StCollectionTest {
  @TestFactory
  Stream<DynamicTest> tridiagonalMatrices_areAccurate() {
    return AccuracyTests.collected(500);
  }

  @TestFactory
  Stream<DynamicTest> denseMatricesOfSameSpectrum_areAccurate() {
    return AccuracyTests.collectedAsDense(500, 1);
  }

  @Test
  void read_file_hasItsElements(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("three.dat");
    Files.writeString(file, "  3\n 1 1.5E+00 -2.E-01\n 2 3 4e2\n 3 -5 0.0\n");
    Tridiagonal t = StCollection.read(file);
    assertArrayEquals(new double[] {1.5, 3, -5}, t.d());
    assertArrayEquals(new double[] {-0.2, 400}, t.e());
    Path cutOff = folder.resolve("cut-off.dat");
    Files.writeString(cutOff, "3\n1 1 1\n");
    assertThrows(RuntimeException.class, () -> StCollection.read(cutOff));
  }
}
