package eigengrad.simd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM says of itself: whether it compiles the Vector API to vector instructions. One that
 * does not boxes every vector, and runs a vector kernel ten to a thousand times slower than a plain
 * loop.
 *
 * @param name the property {@code java.vm.name}
 * @param version the property {@code java.vm.version}
 * @param mode the property {@code java.vm.info}
 * @param flags values of HotSpot's flags by name, as far as they can be read
 */
record Jvm(String name, String version, String mode, Map<String, String> flags) {

  /** This one. */
  static Jvm current() {
    return withFlags(
        ModuleLayer.boot().findModule("jdk.management").isPresent()
            ? HotSpotFlags.read()
            : Map.of());
  }

  /** This one as far as its properties tell, which are read much faster than flags. */
  static Jvm ofProperties() {
    return withFlags(Map.of());
  }

  private static Jvm withFlags(Map<String, String> flags) {
    return new Jvm(
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.version", ""),
        System.getProperty("java.vm.info", ""),
        flags);
  }

  /** Why it does not run vector kernels well, and what can be done; null if it does. */
  @Nullable String obstacle() {
    if (!name.endsWith("Server VM")) {
      return "this JVM, "
          + name
          + ", is not known to compile the Vector API well: use HotSpot, the JVM of OpenJDK";
    }
    if (mode.contains("interpreted") || isOff("UseCompiler")) {
      return "this JVM interprets all code: start it without -Xint, -XX:-UseCompiler and"
          + " -XX:TieredStopAtLevel";
    }
    if (mode.contains("compiled")) {
      return "this JVM compiles code before it has a profile of it: start it without -Xcomp";
    }
    if (mode.contains("emulated-client") || stopsBeforeC2()) {
      return "this JVM does not use its C2 compiler: start it without -XX:TieredStopAtLevel and"
          + " -XX:CompilationMode";
    }
    if (usesGraal()) {
      return "this JVM compiles by Graal, which is not known to compile the Vector API well: start"
          + " it with -XX:-UseJVMCICompiler";
    }
    if (isOff("EnableVectorSupport")) {
      return "this JVM does not compile the Vector API: start it without -XX:-EnableVectorSupport";
    }
    if (!fusesMultiplyAdd()) {
      return "the processor has no fused multiply-add, or a flag hides it: start the JVM without"
          + " -XX:-UseFMA and -XX:UseAVX";
    }
    return null;
  }

  /** The level is ignored where C2 compiles alone. */
  private boolean stopsBeforeC2() {
    return flags.getOrDefault("TieredStopAtLevel", "4").compareTo("4") < 0
        && !isOff("TieredCompilation");
  }

  /** A JDK that has Graal says so in its version, and by a flag whether it is in use. */
  private boolean usesGraal() {
    String flag = flags.get("UseJVMCICompiler");
    return flag == null ? version.contains("jvmci") : flag.equals("true");
  }

  private boolean fusesMultiplyAdd() {
    return flags.containsKey("UseFMA") ? !isOff("UseFMA") : FusedMultiplyAdd.isFast();
  }

  private boolean isOff(String flag) {
    return "false".equals(flags.get(flag));
  }
}
