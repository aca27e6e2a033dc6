package eigengrad.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a program ran on. */
public final class Machine {
  private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /**
   * Names and values for a report.
   *
   * @return JVM, operating system, processor model and count
   */
  public static Map<String, String> describe() {
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
    machine.put("processor", processorField("model name", "unknown"));
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return machine;
  }

  /**
   * Whether the processor has AVX-512 with byte, double-word and short-vector instructions, which
   * is what libraries built for Intel's Skylake-X need. Known on Linux only.
   *
   * @return false where that cannot be told
   */
  public static boolean hasAvx512() {
    return List.of(processorField("flags", "").split(" "))
        .containsAll(List.of("avx512f", "avx512bw", "avx512dq", "avx512vl"));
  }

  private static String processorField(String name, String otherwise) {
    try {
      return Files.readAllLines(LINUX_PROCESSORS).stream()
          .filter(line -> line.matches(name + "\\s*:.*"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException notLinux) {
      return otherwise;
    }
  }
}
