package eigengrad.simd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the test tree in a fresh JVM of the same installation. */
final class ChildJvm {
  static final String MODULE_FLAG = "--add-modules=jdk.incubator.vector";

  /** Lets flags of one processor family pass on the others. */
  static final String IGNORE_UNKNOWN = "-XX:+IgnoreUnrecognizedVMOptions";

  private ChildJvm() {}

  /** What the child left behind. */
  record Result(int status, String out, String err) {
    /** The lines of stderr, but for the JVM's own remark on incubator modules. */
    List<String> warnings() {
      return err.lines().filter(line -> !line.contains("Using incubator modules")).toList();
    }
  }

  /** The flags that give a child the kernel set of this JVM, whatever other flags it has. */
  static List<String> flagsOfThisJvm() {
    KernelSet active = Kernels.active();
    String choice = "-D" + Kernels.PROPERTY + "=";
    return active.isVector()
        ? List.of(MODULE_FLAG, choice + active.lanes() * Double.SIZE)
        : List.of(choice + "scalar");
  }

  static Result run(Class<?> main, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(property("java.home"), "bin", "java").toString());
    // The collector that starts fastest.
    command.add("-XX:+UseSerialGC");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.addAll(flags);
    command.addAll(List.of("-cp", property("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The child takes its flags from the command line only.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    try {
      Path err = Files.createTempFile("child", ".err");
      try {
        Process child = builder.redirectError(err.toFile()).start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(child.waitFor(), out.strip(), Files.readString(err));
      } finally {
        Files.delete(err);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("could not run " + command, e);
    }
  }

  private static String property(String key) {
    String value = System.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("no system property " + key);
    }
    return value;
  }
}
