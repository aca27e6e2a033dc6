package eigengrad.bench.paper;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * An endless sequence of batches of equal size, in which each image comes up once an epoch.
 *
 * <p>Images left over at the end of an epoch are passed over; the next epoch is shuffled anew.
 */
final class ShuffledBatches {
  private final ImageSet images;
  private final int size;
  private final RandomGenerator random;
  private final Buffer buffer = new Buffer();
  private final int[] order;
  private int position;

  /**
   * @param images to draw from
   * @param size images per batch
   * @param random of the order
   */
  ShuffledBatches(ImageSet images, int size, RandomGenerator random) {
    if (size < 1 || size > images.count()) {
      throw new IllegalArgumentException(
          "batch: expected 1 to %d images, got %d".formatted(images.count(), size));
    }
    this.images = images;
    this.size = size;
    this.random = random;
    this.order = new int[images.count()];
    Arrays.setAll(order, i -> i);
    this.position = order.length;
  }

  /** Passes over some batches. */
  void skip(int batches) {
    for (int i = 0; i < batches; i++) {
      advance();
    }
  }

  /** The next batch; valid until the one after it is asked for. */
  ImageSet.Batch next() {
    advance();
    return images.batch(Arrays.copyOfRange(order, position - size, position), buffer);
  }

  private void advance() {
    if (position + size > order.length) {
      shuffle();
      position = 0;
    }
    position += size;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
