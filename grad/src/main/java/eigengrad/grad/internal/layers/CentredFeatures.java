package eigengrad.grad.internal.layers;

import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * X − μ for C×N features X, made a piece at a time where it is used.
 *
 * <p>A layer has few flops for each number that it reads: it is memory that takes its time, so that
 * nothing of the size of X is written but results, and a piece stays in a second-level cache.
 */
public final class CentredFeatures {
  /** Numbers in a piece: 256 KB. */
  private static final int PIECE = 1 << 15;

  /** Fewer samples than this would make poor operands of a matrix product. */
  private static final int ENOUGH_SAMPLES = 64;

  private final int channels;
  private final int samples;
  private final double[] features;
  private final double[] mean;

  private CentredFeatures(DenseMatrix features, double[] mean) {
    this.channels = features.rows();
    this.samples = features.columns();
    this.features = features.columnMajor();
    this.mean = mean;
  }

  /** About a given mean of C elements, which is kept. */
  public static CentredFeatures about(double[] mean, DenseMatrix features) {
    return new CentredFeatures(features, mean);
  }

  /**
   * About the mean of the features themselves, N ≥ 1.
   *
   * @throws IllegalArgumentException if they are not finite
   */
  public static CentredFeatures aboutOwnMean(DenseMatrix features) {
    double[] mean = new double[features.rows()];
    CentredFeatures centred = new CentredFeatures(features, mean);
    double[] sum = new double[mean.length];
    for (int first = 0; first < centred.samples; first += centred.pieceSamples()) {
      int count = Math.min(centred.pieceSamples(), centred.samples - first);
      Arrays.fill(sum, 0);
      addSamples(centred.features, first * mean.length, count, sum);
      Kernels.level1().axpy(mean.length, 1, sum, 0, mean, 0);
    }
    Cotangents.requireFinite("features", mean, features);
    Kernels.level1().scale(mean.length, 1.0 / centred.samples, mean, 0);
    return centred;
  }

  /** C. */
  int channels() {
    return channels;
  }

  /** N. */
  int samples() {
    return samples;
  }

  /** μ; not to be modified. */
  double[] mean() {
    return mean;
  }

  private int pieceSamples() {
    return Math.min(samples, Math.max(ENOUGH_SAMPLES, PIECE / channels));
  }

  /** Takes a piece of some samples, centred, and where it lies in the whole features. */
  @FunctionalInterface
  interface PieceAction {
    void accept(double[] centred, int at, int count);
  }

  /** Visits all samples in order. */
  void forEachPiece(PieceAction action) {
    int most = pieceSamples();
    double[] centred = new double[most * channels];
    for (int first = 0; first < samples; first += most) {
      int count = Math.min(most, samples - first);
      centre(first * channels, count, centred);
      action.accept(centred, first * channels, count);
    }
  }

  private void centre(int at, int count, double[] centred) {
    for (int s = 0; s < count; s++) {
      int to = s * channels;
      for (int c = 0; c < channels; c++) {
        centred[to + c] = features[at + to + c] - mean[c];
      }
    }
  }

  /** Adds samples up, channel by channel. */
  static void addSamples(double[] from, int at, int count, double[] sum) {
    for (int s = 0; s < count; s++) {
      Kernels.level1().axpy(sum.length, 1, from, at + s * sum.length, sum, 0);
    }
  }

  /** (X − μ)(X − μ)ᵀ/N of each group, exactly symmetric. */
  DenseMatrix[] covariances(ChannelGroups groups) {
    Gemm gemm = new Gemm();
    List<ChannelBlock> blocks = groups.blocks();
    double[][] products = ChannelBlock.zeros(blocks);
    forEachPiece(
        (centred, at, count) -> {
          for (int b = 0; b < products.length; b++) {
            blocks.get(b).addSquare(gemm, centred, count, products[b]);
          }
        });
    DenseMatrix[] covariances = new DenseMatrix[groups.count()];
    for (int b = 0; b < products.length; b++) {
      blocks.get(b).lowerTriangles(1.0 / samples, products[b], covariances);
    }
    return covariances;
  }
}
