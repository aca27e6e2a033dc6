package eigengrad.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HotSpot's flags. To be loaded only where the module {@code jdk.management} is there. */
final class HotSpotFlags {
  private static final List<String> NAMES =
      List.of(
          "EnableVectorSupport",
          "TieredCompilation",
          "TieredStopAtLevel",
          "UseCompiler",
          "UseFMA",
          "UseJVMCICompiler");

  private HotSpotFlags() {}

  /** The values of those flags that this JVM has and shows. */
  static Map<String, String> read() {
    Map<String, String> values = new HashMap<>();
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean != null) {
      for (String name : NAMES) {
        try {
          values.put(name, bean.getVMOption(name).getValue());
        } catch (IllegalArgumentException notShown) {
          // It is experimental and locked, or of another release.
        }
      }
    }
    return values;
  }
}
