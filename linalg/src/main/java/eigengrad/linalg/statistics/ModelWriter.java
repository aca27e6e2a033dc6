package eigengrad.linalg.statistics;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a model: what it is, its format, its sizes and a checksum; its numbers and a checksum. The
 * first lets {@link ModelReader} trust the sizes before it takes memory for the numbers.
 */
final class ModelWriter {
  private final CheckedOutputStream checked;
  private final DataOutputStream out;

  ModelWriter(OutputStream target, int magic, int format) throws IOException {
    this.checked = new CheckedOutputStream(new BufferedOutputStream(target), new CRC32());
    this.out = new DataOutputStream(checked);
    out.writeInt(magic);
    out.writeInt(format);
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void number(double value) throws IOException {
    out.writeDouble(value);
  }

  void numbers(double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /** The checksum of all so far. */
  void checksum() throws IOException {
    out.writeInt((int) checked.getChecksum().getValue());
  }

  /** The last checksum, and all that is held back. */
  void end() throws IOException {
    checksum();
    out.flush();
  }
}
