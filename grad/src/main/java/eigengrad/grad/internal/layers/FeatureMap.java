package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.LayerGradient;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every layer here does with a batch once it knows its statistics: Y = w ∘ T(X − μ) + b, with
 * a matrix T for each group of channels.
 *
 * <p>Backward, with A = ∂L/∂Y (X − μ)ᵀ of each group,
 *
 * <pre>∂L/∂b = ∂L/∂Y 1,   ∂L/∂w = diag(A Tᵀ),   ∂L/∂T = diag(w) A,   G = (diag(w) T)ᵀ ∂L/∂Y.</pre>
 *
 * <p>∂L/∂X is G where μ and T are given. Where they are those of the batch, T a function of the
 * covariance C = (X − μ)(X − μ)ᵀ/N with S = ∂L/∂C symmetric,
 *
 * <pre>∂L/∂X = G − mean(G) + (2/N) S (X − μ).</pre>
 *
 * <p>X is read twice and ∂L/∂Y twice; see {@link CentredFeatures}.
 */
public final class FeatureMap {
  private final ChannelGroups groups;
  private final CentredFeatures features;
  private final DenseMatrix[] transforms;
  private final ChannelAffine affine;

  /** ∂L/∂C from ∂L/∂T; null where the statistics are given. */
  private final @Nullable UnaryOperator<DenseMatrix[]> covarianceGradients;

  private FeatureMap(
      ChannelGroups groups,
      CentredFeatures features,
      DenseMatrix[] transforms,
      ChannelAffine affine,
      @Nullable UnaryOperator<DenseMatrix[]> covarianceGradients) {
    this.groups = groups;
    this.features = features;
    this.transforms = transforms;
    this.affine = affine.copy();
    this.covarianceGradients = covarianceGradients;
  }

  /**
   * By the statistics of the batch.
   *
   * @param features about their own mean
   * @param transforms T of each group
   * @param affine w and b; copied
   * @param covarianceGradients ∂L/∂C of each group, symmetric, from ∂L/∂T
   */
  static FeatureMap ofBatch(
      ChannelGroups groups,
      CentredFeatures features,
      DenseMatrix[] transforms,
      ChannelAffine affine,
      UnaryOperator<DenseMatrix[]> covarianceGradients) {
    return new FeatureMap(groups, features, transforms, affine, covarianceGradients);
  }

  /** By given statistics: an affine map of each sample alone. */
  static FeatureMap ofStatistics(
      ChannelGroups groups,
      CentredFeatures features,
      DenseMatrix[] transforms,
      ChannelAffine affine) {
    return new FeatureMap(groups, features, transforms, affine, null);
  }

  /**
   * Y, C×N.
   *
   * @throws NonFiniteException if it is not finite
   */
  public DenseMatrix output() {
    Gemm gemm = new Gemm();
    List<ChannelBlock> blocks = groups.blocks();
    double[][] scaled = ChannelBlock.diagonals(blocks, scaledTransforms());
    double[] y = new double[features.channels() * features.samples()];
    features.forEachPiece(
        (centred, at, count) -> {
          affine.putBias(y, at, count);
          for (int b = 0; b < scaled.length; b++) {
            blocks.get(b).addTransformed(gemm, scaled[b], centred, 0, y, at, count);
          }
          Cotangents.requireFiniteResult("Y", y, at, count * features.channels());
        });
    return DenseMatrix.wrap(features.channels(), features.samples(), y);
  }

  /** diag(w) T of each group. */
  private DenseMatrix[] scaledTransforms() {
    DenseMatrix[] scaled = new DenseMatrix[transforms.length];
    Arrays.setAll(scaled, g -> affine.scaledRows(groups.offset(g), transforms[g]));
    return scaled;
  }

  /**
   * The gradients from ∂L/∂Y, C×N.
   *
   * @throws IllegalArgumentException if ∂L/∂Y is not finite
   * @throws NonFiniteException if one is not finite
   */
  public LayerGradient backward(DenseMatrix outputGradient) {
    double[] sum = new double[features.channels()];
    DenseMatrix[] products = products(outputGradient.columnMajor(), sum);
    Cotangents.requireFinite("outputGradient", sum, outputGradient);
    double[] weightGradient = affine.weightGradient(groups, products, transforms);
    DenseMatrix input = inputGradient(outputGradient.columnMajor(), sum, products);
    return new LayerGradient(
        input, finite("∂L/∂weight", weightGradient), finite("∂L/∂bias", affine.biasGradient(sum)));
  }

  private static double[] finite(String name, double[] gradient) {
    return Cotangents.finiteResult(name, 1, gradient).columnMajor();
  }

  /** A of each group; the sum of ∂L/∂Y over the samples is added to {@code sum}. */
  private DenseMatrix[] products(double[] outputGradient, double[] sum) {
    Gemm gemm = new Gemm();
    List<ChannelBlock> blocks = groups.blocks();
    double[][] products = ChannelBlock.zeros(blocks);
    features.forEachPiece(
        (centred, at, count) -> {
          CentredFeatures.addSamples(outputGradient, at, count, sum);
          for (int b = 0; b < products.length; b++) {
            blocks.get(b).addProduct(gemm, outputGradient, at, centred, count, products[b]);
          }
        });
    DenseMatrix[] ofGroups = new DenseMatrix[groups.count()];
    for (int b = 0; b < products.length; b++) {
      blocks.get(b).takeFromDiagonal(products[b], ofGroups);
    }
    return ofGroups;
  }

  private DenseMatrix inputGradient(double[] outputGradient, double[] sum, DenseMatrix[] products) {
    Gemm gemm = new Gemm();
    List<ChannelBlock> blocks = groups.blocks();
    DenseMatrix[] back = scaledTransforms();
    Arrays.setAll(back, g -> back[g].transpose());
    double[][] direct = ChannelBlock.diagonals(blocks, back);
    double[][] throughStatistics = throughStatistics(blocks, products);
    double[] minusMean = new double[features.channels()];
    if (throughStatistics != null) {
      for (int b = 0; b < direct.length; b++) {
        blocks.get(b).addTransformed(gemm, direct[b], sum, 0, minusMean, 0, 1);
      }
      Kernels.level1().scale(minusMean.length, -1.0 / features.samples(), minusMean, 0);
    }
    double[] gradient = new double[outputGradient.length];
    features.forEachPiece(
        (centred, at, count) -> {
          for (int s = 0; s < count; s++) {
            System.arraycopy(minusMean, 0, gradient, at + s * minusMean.length, minusMean.length);
          }
          for (int b = 0; b < direct.length; b++) {
            ChannelBlock block = blocks.get(b);
            block.addTransformed(gemm, direct[b], outputGradient, at, gradient, at, count);
            if (throughStatistics != null) {
              block.addTransformed(gemm, throughStatistics[b], centred, 0, gradient, at, count);
            }
          }
          Cotangents.requireFiniteResult("∂L/∂X", gradient, at, count * features.channels());
        });
    return DenseMatrix.wrap(features.channels(), features.samples(), gradient);
  }

  /** (2/N) S of each block. */
  private double @Nullable [][] throughStatistics(
      List<ChannelBlock> blocks, DenseMatrix[] products) {
    if (covarianceGradients == null) {
      return null;
    }
    DenseMatrix[] ofTransforms = new DenseMatrix[products.length];
    Arrays.setAll(ofTransforms, g -> affine.scaledRows(groups.offset(g), products[g]));
    DenseMatrix[] s = covarianceGradients.apply(ofTransforms);
    DenseMatrix[] scaled = new DenseMatrix[s.length];
    Arrays.setAll(scaled, g -> s[g].times(2.0 / features.samples()));
    return ChannelBlock.diagonals(blocks, scaled);
  }
}
