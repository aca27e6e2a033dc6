package eigengrad.bench.paper;

/**
 * What a network is trained and tested on.
 *
 * @param training images to learn from
 * @param test images to count errors on, normalised by the training images' statistics
 */
record ImageSets(ImageSet training, ImageSet test) {

  /** Both sets, from channel-fastest bytes and labels that are not copied. */
  static ImageSets of(
      byte[] trainingPixels, int[] trainingLabels, byte[] testPixels, int[] testLabels) {
    ChannelStatistics statistics = ChannelStatistics.of(trainingPixels);
    return new ImageSets(
        new ImageSet(trainingPixels, trainingLabels, statistics),
        new ImageSet(testPixels, testLabels, statistics));
  }
}
