package eigengrad.props.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.props.ChosenSeed;
import eigengrad.props.ContractRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A failure says what, how much, why and where, and its sample is small. */
class FailureReportTest {
  private static final String PROPERTY = "accuracy_tiesAndClusters_isWithinTheLimits";

  private static final ContractRun RUN = ContractRun.of(WrongAtTriples.class, 200, true);
  private static final String COMPLAINT = String.valueOf(RUN.failures().get(PROPERTY));

  @Test
  void failure_ofAContract_namesRatioLimitReasonFamilyAndMatrix() {
    assertTrue(
        COMPLAINT.contains("residual ‖A − VΛVᵀ‖₁/(‖A‖₁·n·u') is ")
            || COMPLAINT.contains("orthogonality ‖I − VᵀV‖₁/(n·u') is "),
        COMPLAINT);
    for (String part :
        new String[] {
          "its limit 30.0",
          "LAPACK's test suite passes at 60",
          "matrix of a given spectrum, n = 3",
          "DenseMatrix.ofRows(new double[][] {{"
        }) {
      assertTrue(COMPLAINT.contains(part), () -> "no \"" + part + "\" in " + COMPLAINT);
    }
  }

  /** A triple, up to rounding, is needed to fail, and nothing else. */
  @Test
  void shrinking_keepsTheTieThatFails() {
    Matcher values =
        Pattern.compile("Basis.\\w+.of\\(3, \\d+L\\), new double\\[\\] \\{(.+?), (.+?), (.+?)\\}")
            .matcher(COMPLAINT);
    assertTrue(values.find(), COMPLAINT);
    double first = Double.parseDouble(values.group(1));
    double last = Double.parseDouble(values.group(3));
    assertTrue(last - first <= 2e-14 * Math.abs(last), COMPLAINT);
  }

  @Test
  void chosenSeed_reportedByAFailure_givesTheSameFailureAgain() {
    String seed = seedOf(ContractRun.of(WrongAtTriples.class, 50, false));
    String before = System.getProperty(ChosenSeed.PROPERTY, "");
    System.setProperty(ChosenSeed.PROPERTY, seed);
    try {
      ContractRun again = ContractRun.of(WrongAtTriples.class, 50, false);
      assertEquals(seed, seedOf(again));
      assertEquals(again.failures(), ContractRun.of(WrongAtTriples.class, 50, false).failures());
    } finally {
      System.setProperty(ChosenSeed.PROPERTY, before);
    }
  }

  private static String seedOf(ContractRun run) {
    Matcher seed = Pattern.compile("seed\\s+= (-?\\d+)").matcher(run.reports());
    assertTrue(seed.find(), run.reports());
    return seed.group(1);
  }
}
