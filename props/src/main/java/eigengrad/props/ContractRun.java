package eigengrad.props;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of all properties of a contract by the JUnit platform, outside of a build: to compare
 * implementations, or to show that a wrong one fails.
 *
 * <p>It needs {@code junit-platform-launcher}, on which this module depends optionally.
 */
public final class ContractRun {
  private final Map<String, String> failures = new TreeMap<>();
  private final Set<String> passed = new TreeSet<>();
  private final StringBuilder reports = new StringBuilder();

  private ContractRun() {}

  /**
   * Runs the contract on the calling thread.
   *
   * @param implementation a class that implements it, with a constructor without parameters
   * @param tries samples for each property, ≥ 1
   * @param shrinking whether failing samples are made smaller, which may take seconds each
   * @return what passed and what failed
   */
  public static ContractRun of(Class<?> implementation, int tries, boolean shrinking) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(implementation))
            .filters(EngineFilter.includeEngines("jqwik"))
            .configurationParameter("jqwik.tries.default", Integer.toString(tries))
            .configurationParameter("jqwik.shrinking.default", shrinking ? "BOUNDED" : "OFF")
            .configurationParameter("jqwik.database", "")
            .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    ContractRun run = new ContractRun();
    LauncherFactory.create().execute(request, run.new Listener());
    return run;
  }

  /**
   * The properties that failed.
   *
   * @return their complaints, by method name in alphabetical order
   */
  public Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  /**
   * The properties that passed.
   *
   * @return their method names in alphabetical order
   */
  public Set<String> passed() {
    return Collections.unmodifiableSet(passed);
  }

  /**
   * Everything that jqwik reported: tries, seeds and falsified samples.
   *
   * @return text for people
   */
  public String reports() {
    return reports.toString();
  }

  private void note(String method, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      passed.add(method);
    } else {
      failures.put(method, result.getThrowable().map(Throwable::toString).orElse("aborted"));
    }
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      reports.append(entry.getKeyValuePairs()).append('\n');
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .ifPresent(method -> note(method, result));
    }
  }
}
