package eigengrad.bench.paper;

/**
 * An array that a layer writes anew at every step.
 *
 * <p>Feature maps are megabytes large: allocating them at every step costs as much as computing
 * them. What a layer returns therefore stays valid only until the same layer runs again.
 */
final class Buffer {
  private double[] values = {};

  /** The array, of exactly this length; what it holds is undefined. */
  double[] ofLength(int length) {
    if (values.length != length) {
      values = new double[length];
    }
    return values;
  }
}
