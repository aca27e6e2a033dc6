package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final ImageSets TEXTURES = TextureImages.generate(1, 200, 50);

  /** The matrix channels × channels of mean products. */
  private static double[] secondMoments(double[] values) {
    int samples = values.length / 3;
    double[] moments = new double[9];
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < 9; i++) {
        moments[i] += values[3 * s + i / 3] * values[3 * s + i % 3] / samples;
      }
    }
    return moments;
  }

  @Test
  void batch_allTrainingImages_hasZeroMeanAndUnitDeviation() {
    double[] values = TEXTURES.training().batch(0, 200, new Buffer()).images().values();
    double[] moments = secondMoments(values);
    for (int c = 0; c < 3; c++) {
      int channel = c;
      double mean =
          IntStream.range(0, values.length / 3)
              .mapToDouble(s -> values[3 * s + channel])
              .average()
              .orElseThrow();
      assertEquals(0, mean, 1e-12);
      assertEquals(1, moments[4 * c], 1e-12);
    }
  }

  @Test
  void batch_constantChannel_isZero() {
    byte[] pixels = new byte[2 * ImageSet.IMAGE_BYTES];
    Arrays.fill(pixels, (byte) 200);
    ImageSet images = ImageSets.of(pixels, new int[2], pixels, new int[2]).training();
    double[] values = images.batch(0, 2, new Buffer()).images().values();
    assertArrayEquals(new double[values.length], values, 1e-12);
  }

  @Test
  void construct_wrongNumberOfBytes_throws() {
    ChannelStatistics statistics = new ChannelStatistics(new double[3], new double[] {1, 1, 1});
    assertThrows(
        IllegalArgumentException.class,
        () -> new ImageSet(new byte[ImageSet.IMAGE_BYTES + 1], new int[1], statistics));
  }

  @Test
  void textures_channels_correlateStrongly() {
    double[] moments =
        secondMoments(TEXTURES.training().batch(0, 200, new Buffer()).images().values());
    assertTrue(moments[1] > 0.8 && moments[2] > 0.8 && moments[5] > 0.8, Arrays.toString(moments));
  }

  @Test
  void textures_equalSeeds_giveEqualImages() {
    double[] one = TEXTURES.test().batch(0, 50, new Buffer()).images().values();
    ImageSet again = TextureImages.generate(1, 200, 50).test();
    assertArrayEquals(one, again.batch(0, 50, new Buffer()).images().values());
    ImageSet other = TextureImages.generate(2, 200, 50).test();
    assertFalse(Arrays.equals(one, other.batch(0, 50, new Buffer()).images().values()));
  }

  @Test
  void textures_labels_areBalanced() {
    int[] counts = new int[ImageSet.CLASSES];
    for (int image = 0; image < 200; image++) {
      counts[TEXTURES.training().label(image)]++;
    }
    int[] expected = new int[ImageSet.CLASSES];
    Arrays.fill(expected, 20);
    assertArrayEquals(expected, counts);
  }

  @Test
  void shuffledBatches_oneEpoch_hasEveryImageOnce() {
    // The image's index is its label here.
    int[] labels = IntStream.range(0, 12).toArray();
    byte[] pixels = new byte[12 * ImageSet.IMAGE_BYTES];
    ImageSet images = ImageSets.of(pixels, labels, pixels, labels).training();
    ShuffledBatches batches = new ShuffledBatches(images, 4, new SplittableRandom(1));
    int[] first = epoch(batches);
    int[] second = epoch(batches);
    assertFalse(Arrays.equals(first, second), "the epochs should differ in order");
    assertFalse(Arrays.equals(first, labels), "the order should be random");
    assertArrayEquals(labels, Arrays.stream(first).sorted().toArray());
    assertArrayEquals(labels, Arrays.stream(second).sorted().toArray());
  }

  private static int[] epoch(ShuffledBatches batches) {
    return IntStream.range(0, 3).flatMap(i -> Arrays.stream(batches.next().labels())).toArray();
  }
}
