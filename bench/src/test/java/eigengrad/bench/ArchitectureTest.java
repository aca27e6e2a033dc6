package eigengrad.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The structure that the code must keep. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("eigengrad");

  /** Those of every module, whether or not they are on this one's class path. */
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .importPaths(
              Stream.of("simd", "linalg", "grad", "props", "bench")
                  .map(module -> Path.of("..", module, "target", "test-classes"))
                  .filter(Files::isDirectory)
                  .toList());

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

  @Test
  void solverStages_calls_pointDownOnly() {
    noClasses()
        .that()
        .resideInAnyPackage("eigengrad.linalg.tridiagonal..", "eigengrad.linalg.conquer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("eigengrad.linalg")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("eigengrad.linalg.tridiagonal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("eigengrad.linalg.conquer..")
        .check(MAIN);
  }

  @Test
  void vectorApi_anywhereButSimd_isUnknown() {
    noClasses()
        .that()
        .resideOutsideOfPackage("eigengrad.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(MAIN);
  }

  @Test
  void libraries_dependOnTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage("eigengrad.simd..", "eigengrad.linalg..", "eigengrad.grad..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "jdk.incubator.vector..", "eigengrad..", "org.jspecify.annotations..")
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
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MAIN);
  }

  /** Surefire finds tests by these names; a test in another class would be skipped in silence. */
  @Test
  void tests_classNames_areThoseThatSurefireRuns() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .or()
        .areAnnotatedWith(ParameterizedTest.class)
        .or()
        .areAnnotatedWith(Property.class)
        .should()
        .beDeclaredInClassesThat()
        .haveNameMatching(".*(Test|Properties)")
        .check(TESTS);
  }
}
