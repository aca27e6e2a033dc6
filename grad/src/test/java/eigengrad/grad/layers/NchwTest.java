package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.Samples;
import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NchwTest {

  private static double[] activations(Nchw shape) {
    int pixels = shape.height() * shape.width();
    return Samples.gaussian(shape.samples() * shape.channels(), pixels, 1).toArray();
  }

  private static float[] rounded(double[] wide) {
    float[] floats = new float[wide.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) wide[i];
    }
    return floats;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "3, 5, 1, 1",
    "2, 1, 3, 4",
    "2, 3, 4, 5",
    "1, 40, 33, 17",
    "3, 64, 9, 9"
  })
  void conversions_anyShape_putEveryActivationInItsPlaceAndBack(int n, int c, int h, int w) {
    Nchw shape = new Nchw(n, c, h, w);
    double[] activations = activations(shape);
    DenseMatrix features = shape.features(activations);
    assertEquals(c, features.rows());
    assertEquals(n * h * w, features.columns());
    for (int i = 0; i < activations.length; i++) {
      int x = i % w;
      int y = i / w % h;
      int channel = i / (w * h) % c;
      int image = i / (w * h * c);
      assertEquals(activations[i], features.get(channel, (image * h + y) * w + x));
    }
    assertArrayEquals(activations, shape.toDoubles(features));
    float[] floats = rounded(activations);
    assertArrayEquals(floats, shape.toFloats(features));
    assertArrayEquals(floats, shape.toFloats(shape.features(floats)));
  }

  @Test
  void conversions_pixelsOrChannelsAlone_shareNoArray() {
    for (Nchw shape : new Nchw[] {new Nchw(2, 3, 1, 1), new Nchw(2, 1, 3, 1)}) {
      double[] activations = activations(shape);
      DenseMatrix features = shape.features(activations);
      assertNotSame(activations, features.columnMajor());
      assertNotSame(features.columnMajor(), shape.toDoubles(features));
    }
  }

  @Test
  void toFloats_beyondTheLargestFloat_isRefused() {
    Nchw shape = new Nchw(1, 2, 1, 2);
    double most = Float.MAX_VALUE;
    // What rounds to the largest float is one.
    DenseMatrix largest = DenseMatrix.of(2, 2, most * (1 + 1e-9), -most, 1e-300, 3);
    assertArrayEquals(
        new float[] {Float.MAX_VALUE, 0, -Float.MAX_VALUE, 3}, shape.toFloats(largest));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class, () -> shape.toFloats(DenseMatrix.of(2, 2, 1, 2, 1e39, 4)));
    assertTrue(String.valueOf(failure.getMessage()).contains("1.0E39 at index 1"));
  }

  @Test
  void conversions_notFinite_stayWhatTheyAre() {
    Nchw shape = new Nchw(1, 1, 1, 3);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertArrayEquals(odd, shape.toFloats(shape.features(odd)));
  }

  @Test
  void anything_badArguments_areRefusedByName() {
    assertRefused("samples must be ≥ 1, got 0", () -> new Nchw(0, 1, 1, 1));
    assertRefused("channels must be ≥ 1, got -3", () -> new Nchw(1, -3, 1, 1));
    assertRefused("height must be ≥ 1, got 0", () -> new Nchw(1, 1, 0, 1));
    assertRefused("width must be ≥ 1, got 0", () -> new Nchw(1, 1, 1, 0));
    assertRefused(
        "got 65536×65536×65536×65536: divide the batch",
        () -> new Nchw(65536, 65536, 65536, 65536));
    assertRefused("got 1×32768×256×256", () -> new Nchw(1, 32768, 256, 256));
    Nchw shape = new Nchw(2, 3, 4, 5);
    assertRefused("2×3×4×5 = 120 elements, got 119", () -> shape.features(new double[119]));
    assertRefused("2×3×4×5 = 120 elements, got 121", () -> shape.features(new float[121]));
    DenseMatrix transposed = Samples.gaussian(40, 3, 2);
    assertRefused("features must be 3×40, got 40×3", () -> shape.toDoubles(transposed));
    assertRefused("features must be 3×40, got 40×3", () -> shape.toFloats(transposed));
  }
}
