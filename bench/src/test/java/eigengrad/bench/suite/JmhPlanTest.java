package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.peers.Contestant;
import eigengrad.bench.peers.Contestants;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkListEntry;

final class JmhPlanTest {

  /** A parameter that a benchmark does not have would be ignored by JMH. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runs_parameters_areThoseOfTheBenchmarks(boolean smoke) throws Exception {
    for (JmhRun run : new JmhPlan(smoke).runs(Contestants.with(List.of()))) {
      Class<?> type = Class.forName("eigengrad.bench.jmh." + run.family() + "Benchmark");
      Set<String> parameters =
          Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
              .flatMap(some -> Stream.of(some.getDeclaredFields()))
              .filter(field -> field.isAnnotationPresent(Param.class))
              .map(Field::getName)
              .collect(Collectors.toSet());
      assertTrue(parameters.containsAll(run.params().keySet()), run::toString);
      assertTrue(run.includes(type.getName() + ".any"));
      assertFalse(run.includes("eigengrad.bench.jmh.OtherBenchmark.any"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runs_families_areAllThereAre(boolean smoke) {
    Set<String> planned =
        new JmhPlan(smoke)
            .runs(Contestants.with(List.of())).stream()
                .map(JmhRun::family)
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> existing =
        SuiteGroups.benchmarks().stream()
            .map(BenchmarkListEntry::getUsername)
            .map(name -> name.replaceFirst(".*\\.(.*)Benchmark\\..*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(existing, planned);
  }

  @Test
  void seconds_wholePlanWithAllLibraries_isAboutHalfAnHour() {
    Contestant any = Contestants.with(List.of()).getFirst();
    List<Contestant> nine = Collections.nCopies(9, any);
    double seconds =
        new SuiteGroups(new JmhPlan(false), nine, Path.of("out"))
                .of(Pattern.compile(""), Path.of("natives"), new PrintWriter(Writer.nullWriter()))
                .stream()
                .mapToDouble(Group::seconds)
                .sum();
    assertTrue(seconds > 20 * 60 && seconds < 35 * 60, () -> seconds + " s");
  }

  @Test
  void figures_run_countsCombinationsOfItsValuesAndTheBenchmarksOwn() {
    JmhRun run = JmhRun.of("Any", Map.of("n", List.of("1", "2", "3"), "other", List.of("x")));
    assertEquals(1, run.figures(Map.of()));
    assertEquals(3, run.figures(Map.of("n", new String[] {"9"})));
    assertEquals(6, run.figures(Map.of("n", new String[] {"9"}, "rule", new String[] {"a", "b"})));
    assertEquals("Any n=1,2,3 other=x", run.toString());
  }

  @Test
  void races_oneProcessor_isThatOnOneThread() {
    assertEquals(List.of(RacePlan.WHOLE, RacePlan.SVD), RacePlan.all(false, 1));
    assertEquals(
        List.of(RacePlan.WHOLE, RacePlan.SVD, RacePlan.TWO_THREADS), RacePlan.all(false, 2));
  }
}
