package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the experiment ran on. */
final class Machine {
  private Machine() {}

  /** Names and values for a report. */
  static Map<String, String> describe() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    machine.put(
        "operating system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("kernel set", Kernels.active().name());
    return machine;
  }
}
