package eigengrad.props.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract against an implementation by the JUnit platform, as a build would. */
final class ContractRun implements TestExecutionListener {
  /** Complaints of the properties that failed, by method name. */
  private final Map<String, String> failures = new TreeMap<>();

  private final StringBuilder reports = new StringBuilder();
  private int passed;

  private ContractRun() {}

  /**
   * Runs all properties.
   *
   * @param shrinking OFF or BOUNDED
   */
  static ContractRun of(Class<?> implementation, int tries, String shrinking) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(implementation))
            .filters(EngineFilter.includeEngines("jqwik"))
            .configurationParameter("jqwik.tries.default", Integer.toString(tries))
            .configurationParameter("jqwik.shrinking.default", shrinking)
            .configurationParameter("jqwik.database", "")
            .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    ContractRun run = new ContractRun();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  Map<String, String> failures() {
    return failures;
  }

  int passed() {
    return passed;
  }

  /** What jqwik reported: tries, seeds and falsified samples. */
  String reports() {
    return reports.toString();
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    reports.append(entry.getKeyValuePairs());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String method =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getMethodName())
            .orElse("");
    if (method.isEmpty()) {
      return;
    }
    if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      passed++;
    } else {
      failures.put(method, result.getThrowable().map(Throwable::toString).orElse(""));
    }
  }
}
