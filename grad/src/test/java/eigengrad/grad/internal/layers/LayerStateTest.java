package eigengrad.grad.internal.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerStateTest {
  private static final double[][] ARRAYS = {
    {1, -0.0, Double.MIN_VALUE, Double.NaN}, {}, {Math.PI, Double.NEGATIVE_INFINITY}
  };

  private static LayerState state(String kind, int channels, double[]... arrays) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("channels", channels);
    settings.put("ε", true);
    return new LayerState(kind, settings, arrays);
  }

  private static LayerState state() {
    return state("Layer", 4, ARRAYS);
  }

  private static byte[] bytes(LayerState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(bytes);
    return bytes.toByteArray();
  }

  private static String refusal(LayerState reader, byte[] bytes) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> reader.read(new ByteArrayInputStream(bytes)))
            .getMessage());
  }

  @Test
  void read_whatWasWritten_hasTheSameBitsAndReadsNoFurther() throws IOException {
    byte[] once = bytes(state());
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    InputStream source = new ByteArrayInputStream(twice);
    LayerState reader = state("Layer", 4, new double[4], new double[0], new double[2]);
    for (int time = 0; time < 2; time++) {
      double[][] read = reader.read(source);
      assertEquals(3, read.length);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(bits(ARRAYS[i]), bits(read[i]));
      }
    }
    assertEquals(-1, source.read());
  }

  private static long[] bits(double[] numbers) {
    return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void read_cutAnywhere_isRefused() throws IOException {
    byte[] whole = bytes(state());
    for (int length = 0; length < whole.length; length++) {
      assertEquals("the saved state is cut short", refusal(state(), Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void read_anyBitChanged_isRefused() throws IOException {
    byte[] whole = bytes(state());
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      String message = refusal(state(), changed);
      assertTrue(message.startsWith("the saved state "), message);
    }
  }

  @Test
  void read_somethingElse_saysWhatDiffers() throws IOException {
    byte[] whole = bytes(state());
    assertEquals(
        "the saved state must have the layer's kind Other, as this layer has, got Layer",
        refusal(state("Other", 4, ARRAYS), whole));
    assertEquals(
        "the saved state must have channels 5, as this layer has, got 4",
        refusal(state("Layer", 5, ARRAYS), whole));
    assertEquals(
        "the saved state must have the number of arrays 1, as this layer has, got 3",
        refusal(state("Layer", 4, ARRAYS[0]), whole));
    assertEquals(
        "the saved state must have the length of array 1 2, as this layer has, got 0",
        refusal(state("Layer", 4, ARRAYS[0], ARRAYS[2], ARRAYS[2]), whole));
    LayerState more = new LayerState("Layer", Map.of("channels", 4), ARRAYS);
    assertEquals(
        "the saved state must have the number of settings 1, as this layer has, got 2",
        refusal(more, whole));
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};
    assertEquals("the saved state is none: it does not begin as one", refusal(state(), picture));
    byte[] newer = whole.clone();
    newer[11] = 2;
    assertEquals("the saved state must be of version 1, got version 2", refusal(state(), newer));
    byte[] notText = whole.clone();
    notText[14] = (byte) 0xff;
    assertTrue(refusal(state(), notText).contains("not UTF-8"));
    byte[] otherNumber = whole.clone();
    otherNumber[whole.length - 9] ^= 1;
    assertTrue(refusal(state(), otherNumber).contains("its checksum does not match"));
  }

  /** A length that is not this layer's is refused before memory is asked for. */
  @Test
  void read_absurdLength_isRefused() throws IOException {
    byte[] whole = bytes(state("Layer", 4, new double[] {7}));
    int lengthAt = whole.length - 8 - 8 - 4;
    whole[lengthAt] = 0x7f;
    assertTrue(refusal(state("Layer", 4, new double[1]), whole).contains("length of array 0"));
  }

  @Test
  void streamFails_itsExceptionIsThrown() {
    IOException full = new IOException("disk full");
    OutputStream target =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        };
    assertSame(full, assertThrows(IOException.class, () -> state().write(target)));
    InputStream source =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw full;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw full;
          }
        };
    assertSame(full, assertThrows(IOException.class, () -> state().read(source)));
  }
}
