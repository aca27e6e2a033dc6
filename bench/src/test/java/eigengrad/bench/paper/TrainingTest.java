package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {
  private static final ImageSets DATA = TextureImages.generate(1, 320, 100);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static RunSettings settings(int steps, long seed) {
    return new RunSettings(new Layer.BatchNorm(), seed, new Schedule(steps, 32, 0.1));
  }

  private static Training training() {
    return new Training(DATA, BatchNormalization.factory());
  }

  @Test
  void train_textures_lowersLossAndError() throws InterruptedException {
    RunResult result = training().train(settings(40, 1), () -> {});
    assertNull(result.failure());
    assertEquals(40, result.losses().steps());
    LossCurve eighths = result.losses().thinned(8);
    double first = eighths.points()[0];
    double last = eighths.last();
    assertTrue(last < 0.7 * first, "loss went from " + first + " to " + last);
    assertTrue(result.errorPercent() < 60, "guessing gives 90 %, got " + result.errorPercent());
    assertTrue(result.seconds() > 0);
  }

  @Test
  void train_equalSettings_givesEqualBits() throws InterruptedException {
    RunResult one = training().train(settings(4, 5), () -> {});
    RunResult other = training().train(settings(4, 5), () -> {});
    assertEquals(one.losses(), other.losses());
    assertEquals(one.errorPercent(), other.errorPercent());
  }

  @Test
  void train_otherSeed_givesOtherLosses() throws InterruptedException {
    double one = training().train(settings(1, 5), () -> {}).losses().points()[0];
    double other = training().train(settings(1, 6), () -> {}).losses().points()[0];
    assertTrue(one != other);
  }

  @Test
  void train_afterStep_isCalledOnceAStep() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    training().train(settings(3, 1), calls::incrementAndGet);
    assertEquals(3, calls.get());
  }

  @Test
  void train_nanInParameterGradient_failsAtThatStep() throws InterruptedException {
    RunResult result = runWithGradients(value -> Double.NaN);
    assertFalse(result.succeeded());
    assertEquals("step 3: gradient of scale is NaN", result.failure());
    assertEquals(3, result.losses().steps());
    assertTrue(Double.isNaN(result.errorPercent()));
  }

  @Test
  void train_infiniteParameterGradient_failsAtThatStep() throws InterruptedException {
    RunResult result = runWithGradients(value -> Double.POSITIVE_INFINITY);
    assertEquals("step 3: gradient of scale is Infinity", result.failure());
  }

  @Test
  void train_reportedByNormalization_failsAtThatStep() throws InterruptedException {
    RunResult result =
        runWithGradients(
            value -> {
              throw new NotFiniteException("eigenvalue is NaN");
            });
    assertEquals("step 3: eigenvalue is NaN", result.failure());
    assertEquals(3, result.losses().steps());
  }

  @Test
  void train_nanInFeatures_failsByTheLoss() throws InterruptedException {
    RunResult result = run(value -> Double.NaN, DoubleUnaryOperator.identity());
    assertEquals("step 3: loss is NaN", result.failure());
    assertEquals(2, result.losses().steps());
  }

  private static RunResult runWithGradients(DoubleUnaryOperator fault) throws InterruptedException {
    return run(DoubleUnaryOperator.identity(), fault);
  }

  private static RunResult run(DoubleUnaryOperator ofOutput, DoubleUnaryOperator ofGradient)
      throws InterruptedException {
    Normalization.Factory factory =
        (channels, settings) -> new FaultyNormalization(channels, ofOutput, ofGradient);
    return new Training(DATA, factory).train(settings(5, 1), () -> {});
  }

  @Test
  void train_interrupted_stopsBeforeTheNextStep() {
    AtomicInteger calls = new AtomicInteger();
    Runnable interrupt = interruptAfter(2);
    Runnable interruptAndCount =
        () -> {
          calls.incrementAndGet();
          interrupt.run();
        };
    assertThrows(
        InterruptedException.class, () -> training().train(settings(50, 1), interruptAndCount));
    assertEquals(2, calls.get());
  }

  @Test
  void train_interruptedAfterTheLastStep_isNotTested() {
    Runnable interrupt = () -> Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> training().train(settings(1, 1), interrupt));
  }

  /** 13 steps are more than one epoch of 320 images; the error is the running statistics'. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"OURS", "PUBLISHED", "PI"})
  void train_stoppedAndGoneOn_givesTheBitsOfOneRun(Method method)
      throws InterruptedException, IOException {
    Training training = new Training(DATA, Layers::create, Duration.ZERO);
    RunSettings settings = new RunSettings(Runs.zca(method, 16), 3, new Schedule(13, 32, 0.1));
    RunResult whole = training.train(settings, () -> {});
    LastCheckpoint checkpoint = new LastCheckpoint();
    assertThrows(
        InterruptedException.class, () -> training.train(settings, checkpoint, interruptAfter(11)));
    AtomicInteger steps = new AtomicInteger();

    RunResult other = training.train(settings, checkpoint, steps::incrementAndGet);

    assertEquals(method == Method.PI ? 13 : 2, steps.get());
    assertEquals(whole.losses(), other.losses());
    assertEquals(whole.errorPercent(), other.errorPercent());
    assertEquals(whole.largestGradient(), other.largestGradient());
  }

  @Test
  void train_shorterThanTheTimeBetweenCheckpoints_leavesNone()
      throws InterruptedException, IOException {
    LastCheckpoint checkpoint = new LastCheckpoint();
    training().train(settings(3, 1), checkpoint, () -> {});
    assertNull(checkpoint.read());
  }

  private static Runnable interruptAfter(int steps) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.incrementAndGet() == steps) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static final class LastCheckpoint implements Checkpoints {
    private byte @Nullable [] state;

    @Override
    public byte @Nullable [] read() {
      return state;
    }

    @Override
    public void write(byte[] newState) {
      state = newState;
    }
  }

  @Test
  void train_batchBeyondTheImages_throws() {
    RunSettings settings = new RunSettings(new Layer.BatchNorm(), 1, new Schedule(1, 321, 0.1));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> training().train(settings, () -> {}));
    assertEquals("batch: expected 1 to 320 images, got 321", thrown.getMessage());
  }

  /** Batch normalisation that changes a feature and its first parameter's gradient in step 3. */
  private static final class FaultyNormalization implements Normalization {
    private final BatchNormalization delegate;
    private final DoubleUnaryOperator ofOutput;
    private final DoubleUnaryOperator ofGradient;
    private int step;

    FaultyNormalization(
        int channels, DoubleUnaryOperator ofOutput, DoubleUnaryOperator ofGradient) {
      this.delegate = new BatchNormalization(channels);
      this.ofOutput = ofOutput;
      this.ofGradient = ofGradient;
    }

    @Override
    public List<Parameter> parameters() {
      return delegate.parameters();
    }

    @Override
    public Pass forward(double[] features, int channels, int samples) {
      Pass pass = delegate.forward(features, channels, samples);
      step++;
      corrupt(pass.output(), ofOutput);
      return new Pass() {
        @Override
        public double[] output() {
          return pass.output();
        }

        @Override
        public Gradient backward(double[] outputGradient) {
          Gradient gradient = pass.backward(outputGradient);
          corrupt(gradient.parameters().get(0), ofGradient);
          return gradient;
        }
      };
    }

    private void corrupt(double[] values, DoubleUnaryOperator fault) {
      if (step == 3) {
        values[7] = fault.applyAsDouble(values[7]);
      }
    }

    @Override
    public double[] infer(double[] features, int channels, int samples) {
      return delegate.infer(features, channels, samples);
    }

    @Override
    public void save(OutputStream target) throws IOException {
      delegate.save(target);
    }

    @Override
    public void restore(InputStream source) throws IOException {
      delegate.restore(source);
    }
  }
}
