package eigengrad.bench.paper;

import eigengrad.bench.truth.AlongTraining;
import eigengrad.bench.truth.GradientRecorder;
import eigengrad.grad.layers.InverseSquareRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the network once per group size with the exact gradient, and asks at chosen steps what
 * every other route would have computed.
 */
final class TruthAlongTraining {
  private TruthAlongTraining() {}

  /**
   * Runs the experiment.
   *
   * @param data to train on
   * @param runs one per group size; their methods are not asked
   * @return what was found
   * @throws InterruptedException if the thread is interrupted
   */
  static AlongTraining compute(ImageSets data, List<RunSettings> runs) throws InterruptedException {
    List<GradientRecorder> recorders = new ArrayList<>();
    for (RunSettings run : runs) {
      GradientRecorder recorder =
          new GradientRecorder(run.groupSize(), WhiteningLayer.EPSILON, steps(run.steps()));
      InverseSquareRoot root = recorder.around(InverseSquareRoot.exact());
      new Training(data, (channels, settings) -> new WhiteningLayer(channels, settings, root))
          .train(run, () -> {});
      recorders.add(recorder);
    }
    return AlongTraining.of(recorders);
  }

  /** 0, 1, 2, 5, 10, 20, 50, … and the last. */
  static Set<Integer> steps(int steps) {
    IntStream oneTwoFive =
        IntStream.iterate(1, power -> power < steps, power -> 10 * power)
            .flatMap(power -> IntStream.of(power, 2 * power, 5 * power));
    return IntStream.concat(IntStream.of(0, steps - 1), oneTwoFive)
        .filter(step -> step < steps)
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }
}
