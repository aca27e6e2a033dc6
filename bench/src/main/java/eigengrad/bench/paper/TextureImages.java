package eigengrad.bench.paper;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Ten classes of coloured 32×32 textures, made from a seed: data for an experiment that downloads
 * nothing.
 *
 * <p>A {@link Texture}, whose kind is the class, blends two colours. The first one's hue is spread
 * around the class's own so widely that colour alone says little; the second differs from it mostly
 * in brightness, so that the channels correlate strongly, as in photographs. Contrast, brightness
 * and noise vary from image to image.
 */
final class TextureImages {
  /** Training images of the experiment. */
  static final int TRAINING = 2000;

  /** Test images of the experiment. */
  static final int TEST = 500;

  /** Deviation of hues in a class; hues lie on a circle of length 1, the classes' 0.1 apart. */
  private static final double HUE_SPREAD = 0.07;

  private TextureImages() {}

  /** The experiment's data. */
  static ImageSets generate(long seed) {
    return generate(seed, TRAINING, TEST);
  }

  /** So many images, the classes in turn. */
  static ImageSets generate(long seed, int training, int test) {
    SplittableRandom random = new SplittableRandom(seed);
    return ImageSets.of(
        pixels(training, random.split()),
        labels(training),
        pixels(test, random.split()),
        labels(test));
  }

  private static int[] labels(int images) {
    int[] labels = new int[images];
    Arrays.setAll(labels, i -> i % ImageSet.CLASSES);
    return labels;
  }

  private static byte[] pixels(int images, RandomGenerator random) {
    byte[] pixels = new byte[images * ImageSet.IMAGE_BYTES];
    for (int image = 0; image < images; image++) {
      paint(image % ImageSet.CLASSES, random, pixels, image * ImageSet.IMAGE_BYTES);
    }
    return pixels;
  }

  private static void paint(int label, RandomGenerator random, byte[] pixels, int offset) {
    Texture texture = Texture.draw(label, random);
    double hue = (double) label / ImageSet.CLASSES + HUE_SPREAD * random.nextGaussian();
    double saturation = random.nextDouble(0.1, 0.5);
    double brightness = random.nextDouble(0.4, 1);
    double contrast = random.nextDouble(0.5, 0.9) * (random.nextBoolean() ? 1 : -1);
    double[] from = colour(hue, saturation, brightness - contrast / 2);
    double[] to = colour(hue + 0.1 * random.nextGaussian(), saturation, brightness + contrast / 2);
    double grain = random.nextDouble(0.02, 0.08);
    int at = offset;
    for (int y = 0; y < ImageSet.SIDE; y++) {
      for (int x = 0; x < ImageSet.SIDE; x++) {
        double share = texture.at(x, y);
        double noise = grain * random.nextGaussian();
        for (int c = 0; c < ImageSet.CHANNELS; c++) {
          double own = 0.25 * grain * random.nextGaussian();
          double value = from[c] + share * (to[c] - from[c]) + noise + own;
          pixels[at++] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
        }
      }
    }
  }

  /** Red, green and blue: cosines a third of a circle apart, around the brightness. */
  private static double[] colour(double hue, double saturation, double brightness) {
    double[] colour = new double[ImageSet.CHANNELS];
    for (int c = 0; c < colour.length; c++) {
      double angle = 2 * Math.PI * (hue - (double) c / colour.length);
      colour[c] = brightness * (1 - saturation / 2 + saturation / 2 * Math.cos(angle));
    }
    return colour;
  }
}
