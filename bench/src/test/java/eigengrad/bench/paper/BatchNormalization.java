package eigengrad.bench.paper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation with scale and shift, the tests' stand-in for whitening.
 *
 * <p>With the batch's mean m and variance v of a channel, s = 1/√(v + ε), z = (x − m)s and y = γz +
 * β. For ȳ = ∂L/∂y: ∂L/∂γ = Σ ȳz, ∂L/∂β = Σ ȳ, and since dz = s(dx − mean(dx)) − z·mean(z·s·dx),
 * ∂L/∂x = γs(ȳ − mean(ȳ) − z·mean(ȳz)).
 */
final class BatchNormalization implements Normalization {
  private static final double MOMENTUM = 0.1;

  private final double epsilon;
  private final Parameter scale;
  private final Parameter shift;
  private final double[] runningMean;
  private final double[] runningVariance;
  private final Buffer normalised = new Buffer();
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();

  BatchNormalization(int channels) {
    this(channels, 1e-5);
  }

  BatchNormalization(int channels, double epsilon) {
    this.epsilon = epsilon;
    scale = new Parameter("scale", new double[channels], false);
    shift = new Parameter("shift", new double[channels], false);
    runningMean = new double[channels];
    runningVariance = new double[channels];
    Arrays.fill(scale.values(), 1);
    Arrays.fill(runningVariance, 1);
  }

  static Normalization.Factory factory() {
    return (channels, settings) -> new BatchNormalization(channels);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public Normalization.Pass forward(double[] features, int channels, int samples) {
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        mean[c] += features[s * channels + c] / samples;
      }
    }
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        double distance = features[s * channels + c] - mean[c];
        variance[c] += distance * distance / samples;
      }
    }
    double[] inverse = new double[channels];
    for (int c = 0; c < channels; c++) {
      inverse[c] = 1 / Math.sqrt(variance[c] + epsilon);
      runningMean[c] += MOMENTUM * (mean[c] - runningMean[c]);
      runningVariance[c] += MOMENTUM * (variance[c] - runningVariance[c]);
    }
    double[] z = normalised.ofLength(channels * samples);
    double[] y = output.ofLength(channels * samples);
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        int i = s * channels + c;
        z[i] = (features[i] - mean[c]) * inverse[c];
        y[i] = scale.values()[c] * z[i] + shift.values()[c];
      }
    }
    return new Pass(channels, samples, z, y, inverse);
  }

  @Override
  public double[] infer(double[] features, int channels, int samples) {
    double[] y = output.ofLength(channels * samples);
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        int i = s * channels + c;
        double z = (features[i] - runningMean[c]) / Math.sqrt(runningVariance[c] + epsilon);
        y[i] = scale.values()[c] * z + shift.values()[c];
      }
    }
    return y;
  }

  @Override
  public void save(OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    Numbers.write(out, runningMean);
    Numbers.write(out, runningVariance);
  }

  @Override
  public void restore(InputStream source) throws IOException {
    DataInputStream in = new DataInputStream(source);
    Numbers.read(in, runningMean);
    Numbers.read(in, runningVariance);
  }

  private final class Pass implements Normalization.Pass {
    private final int channels;
    private final int samples;
    private final double[] z;
    private final double[] y;
    private final double[] inverse;

    Pass(int channels, int samples, double[] z, double[] y, double[] inverse) {
      this.channels = channels;
      this.samples = samples;
      this.z = z;
      this.y = y;
      this.inverse = inverse;
    }

    @Override
    public double[] output() {
      return y;
    }

    @Override
    public Normalization.Gradient backward(double[] outputGradient) {
      double[] ofScale = new double[channels];
      double[] ofShift = new double[channels];
      for (int s = 0; s < samples; s++) {
        for (int c = 0; c < channels; c++) {
          ofScale[c] += outputGradient[s * channels + c] * z[s * channels + c];
          ofShift[c] += outputGradient[s * channels + c];
        }
      }
      double[] ofInput = inputGradient.ofLength(channels * samples);
      for (int s = 0; s < samples; s++) {
        for (int c = 0; c < channels; c++) {
          int i = s * channels + c;
          ofInput[i] =
              scale.values()[c]
                  * inverse[c]
                  * (outputGradient[i] - ofShift[c] / samples - z[i] * ofScale[c] / samples);
        }
      }
      return new Normalization.Gradient(ofInput, List.of(ofScale, ofShift));
    }
  }
}
