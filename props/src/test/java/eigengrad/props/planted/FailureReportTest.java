package eigengrad.props.planted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A failure says what, how much, why and where, and its sample is small. */
class FailureReportTest {
  private static final String PROPERTY = "accuracy_tiesAndClusters_isWithinTheLimits";

  @Test
  void failure_ofAContract_namesRatioLimitReasonFamilyAndMatrix() {
    String message =
        String.valueOf(
            ContractRun.of(WrongAtTriples.class, 200, "BOUNDED").failures().get(PROPERTY));
    for (String part :
        new String[] {
          "RESIDUAL: residual ‖A − VΛVᵀ‖₁/(‖A‖₁·n·u') is ",
          "its limit 30.0",
          "LAPACK's test suite passes at 60",
          "matrix of a given spectrum, n = 3",
          "DenseMatrix.ofRows(new double[][] {{"
        }) {
      assertTrue(message.contains(part), () -> "no \"" + part + "\" in " + message);
    }
  }

  /** A triple is needed to fail, and nothing else. */
  @Test
  void shrinking_keepsTheTieThatFails() {
    ContractRun run = ContractRun.of(WrongAtTriples.class, 200, "BOUNDED");
    String message = String.valueOf(run.failures().get(PROPERTY));
    Matcher values =
        Pattern.compile("Basis.UNIT.of\\(3, \\d+L\\), new double\\[\\] \\{(.+?), (.+?), (.+?)\\}")
            .matcher(message);
    assertTrue(values.find(), message);
    double first = Double.parseDouble(values.group(1));
    double last = Double.parseDouble(values.group(3));
    assertTrue(last - first <= 1e-14 * Math.abs(last), message);
  }

  @Test
  void report_ofAFailure_hasTheSeed() {
    String reports = ContractRun.of(WrongAtTriples.class, 50, "OFF").reports();
    assertTrue(Pattern.compile("seed\\s+= -?\\d+").matcher(reports).find(), reports);
  }
}
