package eigengrad.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.simd.Kernels;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's program on the class path and on the module path, with the Vector API and without. */
class StandaloneProgramTest {
  private static final String PROGRAM =
      """
      package app;

      import eigengrad.grad.EigenGradient;
      import eigengrad.grad.InverseGap;
      import eigengrad.linalg.DenseMatrix;
      import eigengrad.linalg.SymmetricEigen;

      public class Main {
        public static void main(String[] args) {
          var m = DenseMatrix.ofRows(new double[][] {{2, 1}, {1, 2}});
          var eigen = SymmetricEigen.decompose(m);
          var gradient =
              EigenGradient.backward(
                  eigen,
                  InverseGap.analytic(),
                  new double[] {0, 1},
                  DenseMatrix.wrap(2, 2, new double[4]));
          System.out.printf(
              java.util.Locale.ROOT,
              "%.12f %.12f %.12f%n",
              eigen.value(0), eigen.value(1), gradient.get(0, 1));
        }
      }
      """;

  private static final String RESULT = "1.000000000000 3.000000000000 0.500000000000";
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;

  @Test
  void main_classPathWithoutFlag_isCorrectOnScalarKernelsAndWarnsOnce() throws Exception {
    Path classes = compile("-classpath", libraries());
    String path = libraries() + File.pathSeparator + classes;
    requireScalar(start("-classpath", path, "app.Main"));
    requireScalar(start("--limit-modules", "java.base", "-classpath", path, "app.Main"));
  }

  @Test
  void main_modulePathWithoutFlag_isCorrectOnScalarKernelsAndWarnsOnce() throws Exception {
    String path = compileModule("");
    requireScalar(start("--module-path", path, "-m", "app/app.Main"));
    // What a program needs, and so no Vector API, no logging and no management.
    requireScalar(start("--limit-modules", "app", "--module-path", path, "-m", "app/app.Main"));
  }

  @Test
  void main_modulePathWithFlag_isCorrectOnVectorKernels() throws Exception {
    String path = compileModule("");
    requireVector(
        start(
            "--add-modules", "jdk.incubator.vector", "--module-path", path, "-m", "app/app.Main"));
  }

  @Test
  void main_moduleThatRequiresTheVectorApi_isCorrectOnVectorKernelsWithoutFlag() throws Exception {
    String path = compileModule("requires jdk.incubator.vector;");
    requireVector(start("--module-path", path, "-m", "app/app.Main"));
  }

  private static void requireScalar(Run run) {
    assertEquals(RESULT, run.out);
    List<String> warnings = run.err.lines().filter(line -> line.contains("WARNING")).toList();
    assertEquals(1, warnings.size(), run.err);
    assertTrue(warnings.get(0).contains("--add-modules jdk.incubator.vector"), run.err);
  }

  private static void requireVector(Run run) {
    assertEquals(RESULT, run.out);
    // Scalar kernels would not be silent.
    assertEquals(
        List.of(),
        run.err.lines().filter(line -> !line.contains("Using incubator modules")).toList());
  }

  /** The module path to run it on. */
  private String compileModule(String moreRequired) throws IOException {
    Files.writeString(
        folder.resolve("module-info.java"),
        "module app { requires eigengrad.grad; " + moreRequired + " }");
    return libraries() + File.pathSeparator + compile("--module-path", libraries());
  }

  private static String libraries() {
    return Stream.of(Kernels.class, SymmetricEigen.class, EigenGradient.class)
        .map(StandaloneProgramTest::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path compile(String pathOption, String path) throws IOException {
    Files.createDirectories(folder.resolve("app"));
    Files.writeString(folder.resolve("app/Main.java"), PROGRAM);
    Path classes = folder.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), pathOption, path));
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertEquals(0, status);
    return classes;
  }

  private Run start(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches(".*JAVA.*OPTIONS"));
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program hangs");
    String errors = Files.readString(err, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), errors);
    return new Run(Files.readString(out, StandardCharsets.UTF_8).strip(), errors);
  }

  private record Run(String out, String err) {}
}
