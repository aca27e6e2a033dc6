package eigengrad.simd;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM says of itself: whether it compiles the Vector API to vector instructions. One that
 * does not, boxes every vector and runs a vector kernel ten to a thousand times slower than a plain
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
    return new Jvm(
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.version", ""),
        System.getProperty("java.vm.info", ""),
        ModuleLayer.boot().findModule("jdk.management").isPresent() ? VmFlags.read() : Map.of());
  }

  /** Why it does not compile vector kernels well, and what can be done. */
  record Obstacle(String reason, String remedy) {}

  /** The first obstacle found; null if there is none. */
  @Nullable Obstacle obstacle() {
    if (!name.endsWith("Server VM")) {
      return new Obstacle(
          "this JVM, " + name + ", is not known to compile the Vector API well",
          "take HotSpot with its C2 compiler, as any OpenJDK has it");
    }
    if (mode.contains("interpreted") || isOff("UseCompiler")) {
      return new Obstacle(
          "this JVM interprets all code", "start it without -Xint and -XX:TieredStopAtLevel=0");
    }
    if (mode.contains("compiled")) {
      return new Obstacle(
          "this JVM compiles before it knows what to inline", "start it without -Xcomp");
    }
    if (mode.contains("emulated-client") || stopsBeforeC2()) {
      return new Obstacle(
          "this JVM's C2 compiler is not in use",
          "start it without -XX:TieredStopAtLevel and -XX:CompilationMode");
    }
    if (isGraal()) {
      return new Obstacle(
          "this JVM's JIT compiler is Graal, which is not known to compile the Vector API well",
          "start it with -XX:-UseJVMCICompiler");
    }
    if (isOff("Inline")) {
      return new Obstacle("this JVM inlines nothing", "start it without -XX:-Inline");
    }
    return null;
  }

  private boolean stopsBeforeC2() {
    return flags.getOrDefault("TieredStopAtLevel", "4").compareTo("4") < 0
        && !isOff("TieredCompilation");
  }

  /** A JDK that can hold Graal says so in its version, and by a flag whether it is in use. */
  private boolean isGraal() {
    return flags.isEmpty()
        ? version.contains("jvmci")
        : "true".equals(flags.get("UseJVMCICompiler"));
  }

  /** Whether a flag is known to be false. */
  boolean isOff(String flag) {
    return "false".equals(flags.get(flag));
  }
}
