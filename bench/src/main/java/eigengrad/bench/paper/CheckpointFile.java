package eigengrad.bench.paper;

import eigengrad.bench.report.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of one run as a file, written whole, then renamed.
 *
 * <p>Format, big-endian: the eight letters EIGCHECK; the version, an int; which run it is of, a
 * text; the number of bytes, an int, and the bytes; the CRC-32C of all this, a long.
 */
final class CheckpointFile implements Checkpoints {
  /** EIGCHECK in ASCII. */
  private static final long MAGIC = 0x4549_4743_4845_434BL;

  private static final int VERSION = 1;
  private static final String REMEDY =
      ": delete it to train that run from its start, or give another folder as --out";

  private final Path file;
  private final String run;

  /**
   * The place of a run.
   *
   * @param file which need not be there
   * @param run tells the run from every other
   */
  CheckpointFile(Path file, String run) {
    this.file = file;
    this.run = run;
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in, bytes);
    } catch (EOFException e) {
      throw damaged("it is cut short");
    } catch (UTFDataFormatException e) {
      throw damaged("a text in it is not UTF-8");
    }
  }

  private byte[] read(DataInputStream in, byte[] bytes) throws IOException {
    if (in.readLong() != MAGIC) {
      throw damaged("it does not begin as a checkpoint");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "'%s' is of version %d, not %d%s".formatted(file, version, VERSION, REMEDY));
    }
    String found = in.readUTF();
    int length = in.readInt();
    byte[] state = in.readNBytes(Math.max(0, length));
    if (state.length != length) {
      throw new EOFException();
    }
    if (in.readLong() != checksum(bytes, bytes.length - in.available() - Long.BYTES)) {
      throw damaged("its checksum does not match");
    }
    if (!found.equals(run)) {
      throw new IOException("'%s' is of the run %s, not %s%s".formatted(file, found, run, REMEDY));
    }
    return state;
  }

  private IOException damaged(String how) {
    return new IOException("'%s' is damaged (%s)%s".formatted(file, how, REMEDY));
  }

  @Override
  public void write(byte[] state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(run);
    out.writeInt(state.length);
    out.write(state);
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    WholeFile.write(file, bytes.toByteArray());
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  /** Removes what was left, if there is anything. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
