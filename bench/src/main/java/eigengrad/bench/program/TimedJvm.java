package eigengrad.bench.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How every JVM is started in which something is timed. */
public final class TimedJvm {
  private static final List<String> OPTIONS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Xms512m");

  private TimedJvm() {}

  /**
   * The options whatever the number of threads: the Vector API, and one collector thread.
   *
   * @return options of the JVM
   */
  public static List<String> options() {
    return OPTIONS;
  }

  /**
   * All options: it is told to have as many processors as it may use threads.
   *
   * @param threads ≥ 1
   * @return options of the JVM
   */
  public static List<String> options(int threads) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.add("-XX:ActiveProcessorCount=" + threads);
    return options;
  }

  /**
   * The limit for native libraries.
   *
   * @param threads ≥ 1
   * @return environment variables
   */
  public static Map<String, String> environment(int threads) {
    String count = Integer.toString(threads);
    return Map.of(
        "OPENBLAS_NUM_THREADS", count, "MKL_NUM_THREADS", count, "OMP_NUM_THREADS", count);
  }
}
