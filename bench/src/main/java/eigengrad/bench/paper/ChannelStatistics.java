package eigengrad.bench.paper;

/**
 * Mean and standard deviation of each colour channel, over the pixels of a training set.
 *
 * @param means one a channel, in units of pixel values 0 … 255
 * @param deviations one a channel, positive; 1 where a channel is constant
 */
record ChannelStatistics(double[] means, double[] deviations) {

  /** The statistics of channel-fastest pixels. */
  static ChannelStatistics of(byte[] pixels) {
    int channels = ImageSet.CHANNELS;
    double[] means = new double[channels];
    double[] deviations = new double[channels];
    long[][] counts = new long[channels][256];
    for (int i = 0; i < pixels.length; i++) {
      counts[i % channels][pixels[i] & 0xff]++;
    }
    for (int c = 0; c < channels; c++) {
      int total = pixels.length / channels;
      for (int value = 0; value < 256; value++) {
        means[c] += (double) counts[c][value] * value / total;
      }
      double variance = 0;
      for (int value = 0; value < 256; value++) {
        double distance = value - means[c];
        variance += counts[c][value] * distance * distance / total;
      }
      deviations[c] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return new ChannelStatistics(means, deviations);
  }
}
