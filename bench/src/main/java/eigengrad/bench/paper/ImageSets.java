package eigengrad.bench.paper;

import java.util.zip.CRC32C;

/**
 * What a network is trained and tested on.
 *
 * @param training images to learn from
 * @param test images to count errors on, normalised by the training images' statistics
 */
record ImageSets(ImageSet training, ImageSet test) {
  /** The option that chooses images. */
  static final String OPTION = "--data";

  /** Tells these images from others. */
  String fingerprint() {
    CRC32C checksum = new CRC32C();
    training.addTo(checksum);
    test.addTo(checksum);
    return "images-%08x".formatted(checksum.getValue());
  }

  /** Both sets, from channel-fastest bytes and labels that are not copied. */
  static ImageSets of(
      byte[] trainingPixels, int[] trainingLabels, byte[] testPixels, int[] testLabels) {
    ChannelStatistics statistics = ChannelStatistics.of(trainingPixels);
    return new ImageSets(
        new ImageSet(trainingPixels, trainingLabels, statistics),
        new ImageSet(testPixels, testLabels, statistics));
  }
}
