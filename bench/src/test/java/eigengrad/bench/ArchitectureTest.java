package eigengrad.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import eigengrad.simd.FixedKernels;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.openjdk.jmh.annotations.State;

/** The structure that the code must keep. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPackages("eigengrad");

  /** The packages of the libraries beside their APIs, each list from the bottom up. */
  private static final Map<String, List<String>> ROOMS =
      Map.of(
          "eigengrad.simd",
          List.of("scalar", "vector"),
          "eigengrad.linalg",
          List.of("statistics"),
          "eigengrad.linalg.internal",
          List.of(
              "support",
              "householder",
              "eigen.tridiagonal",
              "eigen.batch",
              "eigen.jacobi",
              "eigen.sturm",
              "eigen.conquer",
              "svd.jacobi",
              "svd.batch",
              "svd.tall",
              "svd.bidiagonal",
              "svd.golubkahan",
              "svd.conquer"),
          "eigengrad.grad.internal",
          List.of("support", "function", "eigen", "svd", "batch", "layers"),
          "eigengrad.grad",
          List.of("layers", "paper", "roots"));

  /** Surefire finds tests by these names; a test in another class would be skipped in silence. */
  private static final ArchRule RUN_BY_SUREFIRE =
      methods()
          .that()
          .areMetaAnnotatedWith(Testable.class)
          .should()
          .beDeclaredInClassesThat()
          .haveNameMatching(".*(Test|Properties)");

  @Test
  void modules_dependencies_pointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("simd")
        .definedBy("eigengrad.simd..")
        .layer("linalg")
        .definedBy("eigengrad.linalg..")
        .layer("grad")
        .definedBy("eigengrad.grad..")
        .layer("props")
        .definedBy("eigengrad.props..")
        .layer("bench")
        .definedBy("eigengrad.bench..")
        .whereLayer("bench")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("props")
        .mayOnlyBeAccessedByLayers("bench")
        .whereLayer("grad")
        .mayOnlyBeAccessedByLayers("props", "bench")
        .whereLayer("linalg")
        .mayOnlyBeAccessedByLayers("grad", "props", "bench")
        .check(MAIN);
  }

  /** What is internal to linalg knows nothing of the API that is made of it. */
  @Test
  void linalgInternals_theApi_isUnknown() {
    noClasses()
        .that()
        .resideInAPackage("eigengrad.linalg.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("eigengrad.linalg")
        .check(MAIN);
  }

  /** Matrices and their decompositions know nothing of the statistics that are made of them. */
  @Test
  void linalgApi_statistics_areUnknown() {
    noClasses()
        .that()
        .resideInAnyPackage("eigengrad.linalg", "eigengrad.linalg.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("eigengrad.linalg.statistics")
        .check(MAIN);
  }

  @Test
  void vectorApi_anywhereButItsRoom_isUnknown() {
    noClasses()
        .that()
        .resideOutsideOfPackage("eigengrad.simd.vector")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(MAIN);
  }

  /** A program runs without the management modules, too. */
  @Test
  void management_anywhereButInTwoClasses_isUnknown() {
    noClasses()
        .that()
        .resideInAnyPackage("eigengrad.simd..", "eigengrad.linalg..", "eigengrad.grad..")
        .and()
        .haveNameNotMatching("eigengrad[.]simd[.](HotSpotFlags|ThreadAllocation[$]HotSpot)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.management..", "com.sun.management..")
        .check(MAIN);
  }

  @Test
  void simdRooms_arrows_pointOneWay() {
    noClasses()
        .that()
        .resideInAPackage("eigengrad.simd.scalar")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("eigengrad.simd.vector")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackages("eigengrad.simd.scalar", "eigengrad.simd.vector")
        .and()
        .haveNameNotMatching("eigengrad[.]simd[.](KernelSelection|Switching\\w+|WarmUp)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("eigengrad.simd.scalar", "eigengrad.simd.vector")
        .check(MAIN);
  }

  /** Interfaces alone: which class stands behind them is chosen in one place. */
  @Test
  void kernelFamilies_areInterfacesThatBothRoomsImplement() {
    for (RecordComponent family : FixedKernels.class.getRecordComponents()) {
      if (family.getType().getPackage() == FixedKernels.class.getPackage()) {
        assertTrue(family.getType().isInterface(), family::toString);
        for (String room : List.of("eigengrad.simd.scalar", "eigengrad.simd.vector")) {
          long implementations =
              MAIN.get(family.getType()).getAllSubclasses().stream()
                  .filter(type -> type.getPackageName().equals(room))
                  .count();
          assertEquals(1, implementations, () -> family + " in " + room);
        }
      }
    }
  }

  @Test
  void simd_exports_itsSeamToTheLibrariesAlone() throws IOException {
    Path descriptor = Path.of("../simd/target/classes/module-info.class");
    try (InputStream file = Files.newInputStream(descriptor)) {
      Set<ModuleDescriptor.Exports> exports = ModuleDescriptor.read(file).exports();
      assertEquals(1, exports.size(), exports::toString);
      ModuleDescriptor.Exports seam = exports.iterator().next();
      assertEquals("eigengrad.simd", seam.source());
      assertEquals(Set.of("eigengrad.linalg", "eigengrad.grad"), seam.targets());
    }
  }

  /** What is held against the truth may ask for it; the truth depends on no experiment. */
  @Test
  void truth_programsOfBench_areUnknown() {
    noClasses()
        .that()
        .resideInAPackage("eigengrad.bench.truth")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "eigengrad.bench.paper..",
            "eigengrad.bench.figures..",
            "eigengrad.bench.suite..",
            "eigengrad.bench.jmh..",
            "eigengrad.bench.peers..",
            "eigengrad.bench.program..")
        .check(MAIN);
  }

  /** Of the rooms of a package, listed from the bottom up, none asks one that is listed later. */
  @ParameterizedTest
  @MethodSource("rooms")
  void rooms_arrows_pointDown(String house, List<String> rooms) {
    for (int floor = 0; floor < rooms.size(); floor++) {
      String room = house + "." + rooms.get(floor);
      assertTrue(MAIN.stream().anyMatch(type -> type.getPackageName().equals(room)), room);
      String[] above =
          rooms.stream()
              .skip(floor + 1L)
              .map(name -> house + "." + name + "..")
              .toArray(String[]::new);
      if (above.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above)
            .check(MAIN);
      }
    }
  }

  static Stream<Arguments> rooms() {
    return ROOMS.entrySet().stream().map(house -> arguments(house.getKey(), house.getValue()));
  }

  /** The gradients know nothing of the layers that are built on them. */
  @Test
  void gradApi_layers_areUnknown() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "eigengrad.grad",
            "eigengrad.grad.internal.support",
            "eigengrad.grad.internal.function",
            "eigengrad.grad.internal.eigen",
            "eigengrad.grad.internal.svd",
            "eigengrad.grad.internal.batch")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("eigengrad.grad.layers", "eigengrad.grad.internal.layers")
        .check(MAIN);
  }

  /** The API and what it is made of know nothing of the methods that are kept to be compared. */
  @Test
  void gradApi_methodsForComparison_areUnknown() {
    noClasses()
        .that()
        .resideInAnyPackage("eigengrad.grad", "eigengrad.grad.layers", "eigengrad.grad.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("eigengrad.grad.paper..", "eigengrad.grad.roots..")
        .check(MAIN);
  }

  @Test
  void rooms_ofTheLibraries_areThese() {
    Set<String> listed =
        ROOMS.entrySet().stream()
            .flatMap(house -> house.getValue().stream().map(name -> house.getKey() + "." + name))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found =
        MAIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.matches("eigengrad[.](simd|linalg|grad)[.].*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(listed, found);
  }

  /** Major version 65, in every class file that is published. */
  @ParameterizedTest
  @ValueSource(strings = {"simd", "linalg", "grad", "props"})
  void publishedClasses_areForJava21(String module) throws IOException {
    Path folder = Path.of("..", module, "target", "classes");
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertFalse(classes.isEmpty(), () -> folder + " is empty: build with -am");
      for (Path file : classes) {
        try (DataInputStream header = new DataInputStream(Files.newInputStream(file))) {
          header.skipNBytes(6);
          assertEquals(65, header.readUnsignedShort(), file::toString);
        }
      }
    }
  }

  @Test
  void libraries_dependOnTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage("eigengrad.simd..", "eigengrad.linalg..", "eigengrad.grad..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.sun.management..",
            "jdk.incubator.vector..",
            "eigengrad..",
            "org.jspecify.annotations..")
        .check(MAIN);
  }

  @Test
  void libraries_printNothing() {
    noClasses()
        .that()
        .resideOutsideOfPackage("eigengrad.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  /** But for those that JMH extends. */
  @Test
  void classes_areFinalRecordsOrSealed() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .doNotHaveSimpleName("module-info")
        .and()
        .areNotAnnotatedWith(State.class)
        .and()
        .haveSimpleNameNotEndingWith("Benchmark")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MAIN);
  }

  @Test
  void tests_classNames_areThoseThatSurefireRuns() throws IOException {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("Misnamed"))
            .importPaths(testClasses());
    RUN_BY_SUREFIRE.check(tests);
  }

  @Test
  void tests_otherClassNames_areFound() {
    JavaClasses misnamed = new ClassFileImporter().importClasses(Misnamed.class);
    List<String> found = RUN_BY_SUREFIRE.evaluate(misnamed).getFailureReport().getDetails();
    assertEquals(Misnamed.class.getDeclaredMethods().length, found.size(), found::toString);
  }

  /**
   * The folders of every module's test classes, most of them not on this module's class path. They
   * are there since this module is built after them; {@code -pl bench} alone does not compile them,
   * {@code -pl bench -am} does, but for the integrations, which are not looked at.
   */
  private static List<Path> testClasses() throws IOException {
    Matcher modules =
        Pattern.compile("<module>(.+?)</module>").matcher(Files.readString(Path.of("../pom.xml")));
    List<Path> folders =
        modules
            .results()
            .map(module -> module.group(1))
            .filter(module -> !module.startsWith("integrations/"))
            .map(module -> Path.of("..", module, "target", "test-classes"))
            .toList();
    assertTrue(folders.size() > 1, "no modules in the root's pom.xml");
    for (Path folder : folders) {
      assertTrue(Files.isDirectory(folder), () -> folder + " is missing: build with -am");
      try (Stream<Path> files = Files.walk(folder)) {
        assertTrue(
            files.anyMatch(file -> file.toString().endsWith(".class")), () -> folder + " is empty");
      }
    }
    return folders;
  }

  /** A test of every kind, in a class that Surefire would not run. */
  interface Misnamed {
    @Test
    void test();

    @ParameterizedTest
    void parameterized();

    @RepeatedTest(2)
    void repeated();

    @TestFactory
    void factory();

    @TestTemplate
    void template();

    @Property
    void property();

    @Example
    void example();
  }
}
