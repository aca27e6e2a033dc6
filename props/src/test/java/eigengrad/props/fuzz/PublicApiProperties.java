package eigengrad.props.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.statistics.Pca;
import eigengrad.props.ChosenSeed;
import eigengrad.props.SymmetricMatrices;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Every public method of linalg and grad on random arguments: it returns or throws what its Javadoc
 * says, within seconds, and modifies nothing that it was given.
 */
@AddLifecycleHook(ChosenSeed.class)
class PublicApiProperties {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CALLS = 5;

  /** Called by us on what a user implements, with arguments that are our business. */
  private static final Set<String> CALLBACKS = Set.of("SymmetricProduct.multiply", "Chunks.run");

  static final List<Executable> API =
      Stream.of(SymmetricEigen.class, Pca.class, EigenGradient.class, ZcaWhitening.class)
          .flatMap(member -> PublicApi.besides(member).stream())
          .filter(executable -> !CALLBACKS.contains(nameOf(executable)))
          .toList();

  private static final List<DocumentedExceptions> DOCUMENTED =
      Stream.of("linalg/src/main/java/eigengrad/linalg", "grad/src/main/java/eigengrad/grad")
          .map(folder -> Path.of("..", folder))
          .flatMap(
              folder ->
                  Stream.of(folder, folder.resolve("statistics"), folder.resolve("layers"))
                      .filter(Files::isDirectory))
          .map(DocumentedExceptions::in)
          .toList();

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Property
  void anyCall_onGarbage_throwsWhatIsDocumentedAndModifiesNothing(@ForAll("seeds") long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Garbage garbage = new Garbage(random, API);
    StringBuilder calls = new StringBuilder();
    assertTimeoutPreemptively(
        LONG,
        () -> {
          for (int i = 0; i < CALLS; i++) {
            Executable executable = API.get(random.nextInt(API.size()));
            Optional<Call> call = garbage.call(executable, 0);
            call.ifPresent(calls.append('\n')::append);
            call.ifPresent(PublicApiProperties::check);
          }
        },
        () -> "the last of these calls does not end:" + calls);
  }

  private static void check(Call call) {
    String before = call.numbers();
    try {
      call.run();
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getTargetException();
      assertTrue(
          DOCUMENTED.stream().anyMatch(doc -> doc.admits(call.executable(), thrown)),
          () -> thrown + " is not documented, from " + call);
    }
    assertEquals(before, call.numbers(), () -> "modified by " + call);
  }

  /** What cannot be called is not tested: nothing. */
  @Example
  void everyExecutable_canBeCalled() {
    Set<String> never = new TreeSet<>();
    for (Executable executable : API) {
      boolean callable = false;
      for (int seed = 0; seed < 200 && !callable; seed++) {
        Optional<Call> call = new Garbage(new SplittableRandom(seed), API).call(executable, 0);
        callable = call.isPresent();
      }
      if (!callable) {
        never.add(nameOf(executable));
      }
    }
    assertEquals(Set.of(), never);
  }

  /** Reading the sources found what there is. */
  @Example
  void documentation_ofEveryPackage_isRead() {
    assertEquals(4, DOCUMENTED.size());
    for (DocumentedExceptions documented : DOCUMENTED) {
      assertTrue(documented.size() > 30);
    }
    List<Executable> both = new ArrayList<>(API);
    assertEquals(both.size(), new HashSet<>(both).size());
    assertTrue(API.size() > 100);
  }

  private static String nameOf(Executable executable) {
    return executable.getDeclaringClass().getSimpleName() + "." + executable.getName();
  }
}
