package eigengrad.grad.internal.layers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * What a layer has learnt, written to and read from a stream.
 *
 * <p>Format, big-endian: the eight letters EIGLAYER; the version, an int; the kind of layer; the
 * number of settings, an int, and the name and the value of each; the number of arrays, an int, and
 * of each its length, an int, and its doubles; the CRC-32 of all this, a long. Texts are in {@link
 * DataOutputStream#writeUTF modified UTF-8}. Nothing beyond it is read, so states may follow one
 * another in a stream.
 *
 * @param kind of layer
 * @param settings that a state must share with the layer that it is read into, in order
 * @param arrays the numbers
 */
@SuppressWarnings("ArrayRecordComponent") // only handed on
public record LayerState(String kind, Map<String, ?> settings, double[][] arrays) {
  /** EIGLAYER in ASCII. */
  private static final long MAGIC = 0x4549_474C_4159_4552L;

  private static final int VERSION = 1;

  /** That of a layer with parameters and running averages. */
  public static LayerState of(
      String kind, Map<String, ?> settings, ChannelAffine affine, double[][] averages) {
    double[][] arrays = new double[2 + averages.length][];
    arrays[0] = affine.weight();
    arrays[1] = affine.bias();
    System.arraycopy(averages, 0, arrays, 2, averages.length);
    return new LayerState(kind, settings, arrays);
  }

  /**
   * Reads a state of such a layer, its parameters into the arrays that there are.
   *
   * @return the running averages, new arrays
   * @throws IllegalArgumentException as {@link #read} does; nothing is changed then
   * @throws IOException if the stream does; nothing is changed then
   */
  public double[][] readInto(ChannelAffine affine, InputStream source) throws IOException {
    double[][] read = read(source);
    System.arraycopy(read[0], 0, affine.weight(), 0, read[0].length);
    System.arraycopy(read[1], 0, affine.bias(), 0, read[1].length);
    return Arrays.copyOfRange(read, 2, read.length);
  }

  /**
   * Writes the state.
   *
   * @throws IOException if the stream does
   */
  public void write(OutputStream target) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(kind);
    out.writeInt(settings.size());
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      out.writeUTF(setting.getKey());
      out.writeUTF(setting.getValue().toString());
    }
    out.writeInt(arrays.length);
    for (double[] array : arrays) {
      out.writeInt(array.length);
      out.write(encoded(array));
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes.toByteArray());
    out.writeLong(checksum.getValue());
    bytes.writeTo(target);
  }

  private static byte[] encoded(double[] array) {
    ByteBuffer buffer = ByteBuffer.allocate(array.length * Double.BYTES);
    buffer.asDoubleBuffer().put(array);
    return buffer.array();
  }

  /**
   * Reads a state of a layer like this one.
   *
   * @return new arrays, of the lengths of this state's
   * @throws IllegalArgumentException if the stream holds something else, saying what differs
   * @throws IOException if the stream does
   */
  public double[][] read(InputStream source) throws IOException {
    CRC32 checksum = new CRC32();
    DataInputStream in = new DataInputStream(new CheckedInputStream(source, checksum));
    try {
      readHeader(in);
      double[][] read = readArrays(in);
      long expected = checksum.getValue();
      if (in.readLong() != expected) {
        throw refused("is damaged: its checksum does not match");
      }
      return read;
    } catch (EOFException end) {
      throw refused("is cut short");
    } catch (UTFDataFormatException notText) {
      throw refused("is damaged: a text in it is not UTF-8");
    }
  }

  private void readHeader(DataInputStream in) throws IOException {
    if (in.readLong() != MAGIC) {
      throw refused("is none: it does not begin as one");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw refused("must be of version " + VERSION + ", got version " + version);
    }
    requireSame("the layer's kind", kind, in.readUTF());
    requireSame("the number of settings", settings.size(), in.readInt());
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      requireSame("the setting", setting.getKey(), in.readUTF());
      requireSame(setting.getKey(), setting.getValue().toString(), in.readUTF());
    }
  }

  private double[][] readArrays(DataInputStream in) throws IOException {
    requireSame("the number of arrays", arrays.length, in.readInt());
    double[][] read = new double[arrays.length][];
    for (int i = 0; i < read.length; i++) {
      int length = arrays[i].length;
      requireSame("the length of array " + i, length, in.readInt());
      read[i] = new double[length];
      byte[] bytes = in.readNBytes(length * Double.BYTES);
      if (bytes.length < length * Double.BYTES) {
        throw new EOFException();
      }
      ByteBuffer.wrap(bytes).asDoubleBuffer().get(read[i]);
    }
    return read;
  }

  private static void requireSame(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw refused("must have %s %s, as this layer has, got %s".formatted(what, expected, actual));
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the saved state " + why);
  }
}
