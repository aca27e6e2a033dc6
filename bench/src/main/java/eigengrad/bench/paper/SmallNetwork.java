package eigengrad.bench.paper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The network of the experiment: small enough to train in seconds, with the normalisation layer
 * where the paper has it, behind the first convolution.
 *
 * <p>On 32×32 images: convolution to 64 channels with stride 2 (16×16) → normalisation → rectifier
 * → 2×2 average pooling (8×8) → convolution to 64 channels with stride 2 (4×4) → rectifier →
 * average over all pixels → linear map to 10 logits → softmax cross-entropy.
 */
final class SmallNetwork {
  /** Channels of both convolutions, and of the normalisation. */
  static final int CHANNELS = 64;

  private static final int STEM_STRIDE = 2;
  private static final int SECOND_STRIDE = 2;

  private final Convolution stem;
  private final Normalization normalization;
  private final RectifiedPooling pooling = new RectifiedPooling();
  private final Convolution second;
  private final Relu relu = new Relu();
  private final GlobalAverage average = new GlobalAverage();
  private final Linear classifier;

  /**
   * @param normalization in its initial state, for {@link #CHANNELS} channels
   * @param random source of the weights
   */
  SmallNetwork(Normalization normalization, RandomGenerator random) {
    this.normalization = normalization;
    this.stem = new Convolution("stem weights", ImageSet.CHANNELS, CHANNELS, STEM_STRIDE, random);
    this.second = new Convolution("second weights", CHANNELS, CHANNELS, SECOND_STRIDE, random);
    this.classifier = new Linear("classifier", CHANNELS, ImageSet.CLASSES, random);
  }

  /** What training adjusts, in the order of the gradients. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(stem.weights());
    parameters.addAll(normalization.parameters());
    parameters.add(second.weights());
    parameters.add(classifier.weights());
    parameters.add(classifier.bias());
    return Collections.unmodifiableList(parameters);
  }

  /** Writes parameters and running statistics. */
  void save(DataOutputStream out) throws IOException {
    for (Parameter parameter : parameters()) {
      Numbers.write(out, parameter.values());
    }
    normalization.save(out);
  }

  /** Goes on from what was {@link #save saved}. */
  void restore(DataInputStream in) throws IOException {
    for (Parameter parameter : parameters()) {
      Numbers.read(in, parameter.values());
    }
    normalization.restore(in);
  }

  /** The loss of a batch in training mode; valid until the next call of forward or infer. */
  Pass forward(ImageSet.Batch batch) {
    return new Pass(batch);
  }

  /** The logits of images in inference mode, classes × images. */
  Features infer(Features images) {
    Features stemmed = stem.forward(images).output();
    Features normalised =
        stemmed.withValues(
            normalization.infer(stemmed.values(), stemmed.channels(), stemmed.samples()));
    Features pooled = pooling.forward(normalised).output();
    Features convolved = relu.forward(second.forward(pooled).output()).output();
    return classifier.forward(average.forward(convolved).output()).output();
  }

  /** One forward computation in training. */
  final class Pass {
    private final Convolution.Pass stemPass;
    private final Normalization.Pass normalizationPass;
    private final RectifiedPooling.Pass poolingPass;
    private final Convolution.Pass secondPass;
    private final Relu.Pass reluPass;
    private final GlobalAverage.Pass averagePass;
    private final Linear.Pass classifierPass;
    private final SoftmaxCrossEntropy.Pass lossPass;

    private Pass(ImageSet.Batch batch) {
      stemPass = stem.forward(batch.images());
      Features stemmed = stemPass.output();
      normalizationPass =
          normalization.forward(stemmed.values(), stemmed.channels(), stemmed.samples());
      poolingPass = pooling.forward(stemmed.withValues(normalizationPass.output()));
      secondPass = second.forward(poolingPass.output());
      reluPass = relu.forward(secondPass.output());
      averagePass = average.forward(reluPass.output());
      classifierPass = classifier.forward(averagePass.output());
      lossPass = SoftmaxCrossEntropy.forward(classifierPass.output(), batch.labels());
    }

    /** The mean loss of the batch. */
    double loss() {
      return lossPass.loss();
    }

    /** The loss's gradient of each parameter. */
    List<double[]> backward() {
      Linear.Gradient ofClassifier = classifierPass.backward(lossPass.backward());
      double[] ofSecond = reluPass.backward(averagePass.backward(ofClassifier.input()));
      double[] ofPooling = poolingPass.backward(secondPass.inputGradient(ofSecond));
      Normalization.Gradient ofNormalization = normalizationPass.backward(ofPooling);
      List<double[]> gradients = new ArrayList<>();
      gradients.add(stemPass.weightGradient(ofNormalization.input()));
      gradients.addAll(ofNormalization.parameters());
      gradients.add(secondPass.weightGradient(ofSecond));
      gradients.add(ofClassifier.weights());
      gradients.add(ofClassifier.bias());
      return gradients;
    }
  }
}
