package eigengrad.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads HotSpot's flags, by a module that a run-time image need not have: to be loaded only where
 * {@code jdk.management} is there.
 */
final class VmFlags {
  private static final List<String> NAMES =
      List.of(
          "EnableVectorSupport",
          "Inline",
          "TieredCompilation",
          "TieredStopAtLevel",
          "UseCompiler",
          "UseFMA",
          "UseJVMCICompiler");

  private VmFlags() {}

  /** The values of those flags that this JVM has. */
  static Map<String, String> read() {
    Map<String, String> values = new HashMap<>();
    try {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      for (String name : NAMES) {
        readOne(bean, name, values);
      }
    } catch (RuntimeException | LinkageError noHotSpot) {
      // What is not known is judged by the JVM's name and mode.
    }
    return values;
  }

  private static void readOne(
      HotSpotDiagnosticMXBean bean, String name, Map<String, String> values) {
    try {
      values.put(name, bean.getVMOption(name).getValue());
    } catch (IllegalArgumentException notAFlag) {
      // Flags are hidden while they are experimental, and come and go with releases.
    }
  }
}
