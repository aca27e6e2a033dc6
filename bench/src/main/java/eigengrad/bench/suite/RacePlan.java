package eigengrad.bench.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * A race to be run.
 *
 * @param name in progress and report
 * @param options without the folders
 * @param places how often each contestant is timed: workloads times orders
 * @param secondsAPlace warm-up and all rounds of one contestant
 */
record RacePlan(String name, String options, int places, double secondsAPlace) {
  /** All libraries on one thread, from which the ratios are. */
  static final RacePlan WHOLE =
      new RacePlan(
          "Race",
          "--sizes 4,8,16,32,64,128,256,512,1024,2048 --workload dense,clustered,covariance"
              + " --rounds 9 --warm-up 5 --slowest 0.3",
          30,
          1.8);

  /** Where a second thread may help; the others take part with one thread and with two. */
  static final RacePlan TWO_THREADS =
      new RacePlan(
          "Race threads=2",
          "--sizes 512,1024 --workload dense --threads 2" + " --rounds 7 --warm-up 5 --slowest 0.3",
          2,
          4);

  /** Singular values and vectors of square matrices, all libraries on one thread. */
  static final RacePlan SVD =
      new RacePlan(
          "Race svd",
          "--sizes 8,16,32,64,128,256,512,1024 --workload svd"
              + " --rounds 5 --warm-up 2 --slowest 0.3",
          8,
          0.85);

  static final RacePlan SMOKE =
      new RacePlan(
          "Race",
          "--sizes 16,64,256 --workload dense --rounds 5 --round-millis 20 --warm-up 8",
          3,
          2);

  static final RacePlan SMOKE_SVD =
      new RacePlan(
          "Race svd",
          "--sizes 16,64 --workload svd --rounds 3 --round-millis 20 --warm-up 2",
          2,
          1);

  static final RacePlan SMOKE_TWO_THREADS =
      new RacePlan(
          "Race threads=2",
          "--sizes 256 --workload dense --threads 2 --rounds 3 --round-millis 20 --warm-up 2",
          1,
          3);

  /**
   * Whole or smoke, eigenvalues and singular values, on two threads only where there are two
   * processors.
   */
  static List<RacePlan> all(boolean smoke, int processors) {
    List<RacePlan> races = new ArrayList<>();
    races.add(smoke ? SMOKE : WHOLE);
    races.add(smoke ? SMOKE_SVD : SVD);
    if (processors > 1) {
      races.add(smoke ? SMOKE_TWO_THREADS : TWO_THREADS);
    }
    return races;
  }

  /** The race's command line. */
  List<String> arguments() {
    return List.of(options.split(" "));
  }

  /** How long it takes, about. */
  double seconds(int contestants) {
    return contestants * places * secondsAPlace;
  }
}
