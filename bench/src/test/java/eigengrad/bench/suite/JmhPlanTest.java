package eigengrad.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.peers.Contestants;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
}
