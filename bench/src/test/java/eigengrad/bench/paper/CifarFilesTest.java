package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFilesTest {
  private static final int RECORD = 3073;

  @TempDir Path directory;

  /** Records whose red, green and blue bytes at pixel p are p, p + 1 and p + 2. */
  private void write(String name, int... labels) throws IOException {
    byte[] content = new byte[labels.length * RECORD];
    for (int record = 0; record < labels.length; record++) {
      content[record * RECORD] = (byte) labels[record];
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < 1024; p++) {
          content[record * RECORD + 1 + c * 1024 + p] = (byte) (p + c);
        }
      }
    }
    Files.write(directory.resolve(name), content);
  }

  private static void assertRejected(Path directory, String message) {
    DataException thrown = assertThrows(DataException.class, () -> CifarFiles.read(directory));
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void read_someTrainingFiles_keepsTheirOrderAndLabels() throws IOException {
    write("data_batch_1.bin", 3, 9);
    write("data_batch_4.bin", 0);
    write("test_batch.bin", 7, 1);
    ImageSets sets = CifarFiles.read(directory);
    assertEquals(3, sets.training().count());
    assertEquals(3, sets.training().label(0));
    assertEquals(9, sets.training().label(1));
    assertEquals(0, sets.training().label(2));
    assertEquals(2, sets.test().count());
    assertEquals(7, sets.test().label(0));
  }

  @Test
  void read_planarBytes_givesChannelFastestPixels() throws IOException {
    write("data_batch_1.bin", 0);
    write("test_batch.bin", 0);
    ImageSet images = CifarFiles.read(directory).training();
    double[] values = images.batch(0, 1, new Buffer()).images().values();
    // Every byte value comes up four times in each plane.
    double deviation = Math.sqrt((256.0 * 256 - 1) / 12);
    for (int p = 0; p < 1024; p++) {
      for (int c = 0; c < 3; c++) {
        double expected = (((p + c) & 0xff) - 127.5) / deviation;
        assertEquals(expected, values[3 * p + c], 1e-12, "pixel " + p + ", channel " + c);
      }
    }
  }

  @Test
  void read_missingDirectory_namesIt() {
    Path missing = directory.resolve("none");
    assertRejected(
        missing, missing + ": expected a directory with CIFAR-10's binary files, found nothing");
  }

  @Test
  void read_fileForDirectory_namesIt() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertRejected(
        file, file + ": expected a directory with CIFAR-10's binary files, found a file");
  }

  @Test
  void read_noTrainingFile_namesThem() throws IOException {
    write("test_batch.bin", 0);
    assertRejected(
        directory,
        directory + ": expected at least one of data_batch_1.bin to data_batch_5.bin, found none");
  }

  @Test
  void read_noTestFile_namesIt() throws IOException {
    write("data_batch_1.bin", 0);
    assertRejected(
        directory, directory.resolve("test_batch.bin") + ": expected a file, found none");
  }

  @Test
  void read_truncatedFile_givesBothLengths() throws IOException {
    write("data_batch_1.bin", 0);
    Path file = directory.resolve("test_batch.bin");
    Files.write(file, new byte[2 * RECORD - 1]);
    assertRejected(directory, file + ": expected a multiple of 3073 bytes, found 6145");
  }

  @Test
  void read_emptyFile_givesBothLengths() throws IOException {
    Path file = Files.createFile(directory.resolve("data_batch_2.bin"));
    write("test_batch.bin", 0);
    assertRejected(directory, file + ": expected a multiple of 3073 bytes, found 0");
  }

  @Test
  void read_labelBeyondNine_givesLabelAndRecord() throws IOException {
    write("data_batch_1.bin", 4, 200);
    write("test_batch.bin", 0);
    assertRejected(
        directory,
        directory.resolve("data_batch_1.bin")
            + ": expected labels 0 to 9, found 200 in record 1, counted from 0");
  }
}
