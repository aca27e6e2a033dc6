package eigengrad.linalg.statistics;

import eigengrad.linalg.DenseMatrix;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Reads what {@link ModelWriter} has written, to its end and no further. */
final class ModelReader {
  /** Numbers that are read together. */
  private static final int TOGETHER = 1024;

  private final String type;
  private final CheckedInputStream checked;
  private final DataInputStream in;

  /**
   * Reads what it is.
   *
   * @param type what it should be, for messages
   * @throws IOException if it is something else or of another version
   */
  ModelReader(InputStream source, String type, int magic, int format) throws IOException {
    this.type = type;
    this.checked = new CheckedInputStream(source, new CRC32());
    this.in = new DataInputStream(checked);
    if (in.readInt() != magic) {
      throw new IOException("this is not a saved " + type);
    }
    int found = in.readInt();
    if (found != format) {
      throw new IOException(
          "a saved %s has format %d, this version reads %d".formatted(type, found, format));
    }
  }

  int integer() throws IOException {
    return in.readInt();
  }

  double number() throws IOException {
    return in.readDouble();
  }

  double[] numbers(int count) throws IOException {
    double[] numbers = new double[count];
    byte[] bytes = new byte[Math.min(count, TOGETHER) * Double.BYTES];
    for (int from = 0; from < count; from += TOGETHER) {
      int length = Math.min(TOGETHER, count - from);
      in.readFully(bytes, 0, length * Double.BYTES);
      ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers, from, length);
    }
    return numbers;
  }

  DenseMatrix matrix(int rows, int columns) throws IOException {
    return DenseMatrix.wrap(rows, columns, numbers(rows * columns));
  }

  /**
   * Compares the checksum of all so far.
   *
   * @throws IOException if it is another
   */
  void checksum() throws IOException {
    int computed = (int) checked.getChecksum().getValue();
    if (in.readInt() != computed) {
      throw new IOException("a saved " + type + " is damaged: its checksum is another");
    }
  }
}
