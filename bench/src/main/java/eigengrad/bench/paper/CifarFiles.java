package eigengrad.bench.paper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 in its binary format: files of records of 3073 bytes, a label 0 … 9 and then 1024 red,
 * 1024 green and 1024 blue values, row by row.
 *
 * <p>Source: A. Krizhevsky, <i>Learning Multiple Layers of Features from Tiny Images</i> (2009),
 * and the description at the data set's home page.
 */
final class CifarFiles {
  private static final int TRAINING_FILES = 5;
  private static final int PLANE = ImageSet.SIDE * ImageSet.SIDE;
  private static final int RECORD = 1 + ImageSet.IMAGE_BYTES;

  private CifarFiles() {}

  /**
   * The images of {@code data_batch_1.bin} … {@code data_batch_5.bin}, as many as there are, for
   * training and those of {@code test_batch.bin} for testing.
   *
   * @param directory where the files lie
   * @throws DataException if a file is missing, unreadable or malformed
   */
  static ImageSets read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          "%s: expected a directory with CIFAR-10's binary files, found %s"
              .formatted(directory, Files.exists(directory) ? "a file" : "nothing"));
    }
    List<Path> trainingFiles = new ArrayList<>();
    for (int i = 1; i <= TRAINING_FILES; i++) {
      Path file = directory.resolve("data_batch_" + i + ".bin");
      if (Files.isRegularFile(file)) {
        trainingFiles.add(file);
      }
    }
    if (trainingFiles.isEmpty()) {
      throw new DataException(
          "%s: expected at least one of data_batch_1.bin to data_batch_%d.bin, found none"
              .formatted(directory, TRAINING_FILES));
    }
    Path testFile = directory.resolve("test_batch.bin");
    if (!Files.isRegularFile(testFile)) {
      throw new DataException("%s: expected a file, found none".formatted(testFile));
    }
    Records training = readAll(trainingFiles);
    Records test = readAll(List.of(testFile));
    return ImageSets.of(training.pixels, training.labels, test.pixels, test.labels);
  }

  private static Records readAll(List<Path> files) {
    List<byte[]> contents = new ArrayList<>();
    int images = 0;
    for (Path file : files) {
      byte[] content = checked(file);
      contents.add(content);
      images += content.length / RECORD;
    }
    Records records = new Records(images);
    for (byte[] content : contents) {
      records.add(content);
    }
    return records;
  }

  private static byte[] checked(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException("%s: expected a readable file, found %s".formatted(file, e), e);
    }
    if (content.length == 0 || content.length % RECORD != 0) {
      throw new DataException(
          "%s: expected a multiple of %d bytes, found %d".formatted(file, RECORD, content.length));
    }
    for (int at = 0; at < content.length; at += RECORD) {
      int label = content[at] & 0xff;
      if (label >= ImageSet.CLASSES) {
        throw new DataException(
            "%s: expected labels 0 to %d, found %d in record %d, counted from 0"
                .formatted(file, ImageSet.CLASSES - 1, label, at / RECORD));
      }
    }
    return content;
  }

  /** Records in the order of their files, pixels channel fastest. */
  private static final class Records {
    private final byte[] pixels;
    private final int[] labels;
    private int count;

    Records(int images) {
      this.pixels = new byte[images * ImageSet.IMAGE_BYTES];
      this.labels = new int[images];
    }

    void add(byte[] content) {
      for (int at = 0; at < content.length; at += RECORD) {
        labels[count] = content[at];
        int to = count * ImageSet.IMAGE_BYTES;
        for (int pixel = 0; pixel < PLANE; pixel++) {
          for (int c = 0; c < ImageSet.CHANNELS; c++) {
            pixels[to++] = content[at + 1 + c * PLANE + pixel];
          }
        }
        count++;
      }
    }
  }
}
