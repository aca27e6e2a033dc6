package eigengrad.bench.paper;

import eigengrad.bench.truth.AlongTraining;
import eigengrad.bench.truth.GradientRecorder;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the network once per group size with the exact gradient, and asks at chosen steps what
 * every other route would have computed.
 */
final class TruthAlongTraining implements TruthSource {
  private final ImageSets data;

  /**
   * The experiment.
   *
   * @param data to train on
   */
  TruthAlongTraining(ImageSets data) {
    this.data = data;
  }

  @Override
  public AlongTraining along(
      List<Integer> groupSizes, long seed, Schedule schedule, Runnable afterStep)
      throws InterruptedException {
    List<GradientRecorder> recorders = new ArrayList<>();
    for (int d : groupSizes) {
      GradientRecorder recorder = new GradientRecorder(d, Layers.EPSILON, steps(schedule.steps()));
      InverseSquareRoot root = recorder.around(InverseSquareRoot.exact());
      Route exact = new Route(Method.EXACT, Grids.TERMS, Precision.FLOAT64);
      new Training(data, (channels, run) -> Layers.whitening("whitening", channels, d, root))
          .train(
              new RunSettings(new Layer.Zca(exact, d, Retention.ALL), seed, schedule), afterStep);
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
