package eigengrad.props.planted;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eigengrad.props.ContractRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake planted into a layer fails the property about it, which says what it may be. */
class PlantedLayersTest {
  private static final int TRIES = 60;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            OneOverTheSamples.class,
            "gradient_alongTheFeatures_agreesWithDifferences",
            "a factor of the covariance's term shows that is not 2/N"),
        arguments(
            MeanForgotten.class,
            "gradient_anyBatch_sumsToZeroOverTheSamples",
            "the term of the mean is missing"),
        arguments(
            ProjectorHeldFast.class,
            "gradient_alongMixturesOfChannels_agreesWithDifferences",
            "that through the eigenvectors or the projector"),
        arguments(
            NanAtTies.class,
            "outputAndGradient_tiesOfAllEigenvalues_areFinite",
            "NaN or ∞ in the gradient, all eigenvalues tie"),
        arguments(
            TiesLeftOut.class,
            "gradient_alongMixturesOfChannels_agreesWithDifferences",
            "that through the eigenvectors or the projector"),
        arguments(
            OneSampleFewer.class,
            "output_anyBatch_hasMeanZeroAndItsCovariance",
            "the covariance of the output"),
        arguments(
            BatchStatisticsInInference.class,
            "infer_oneSample_doesNotDependOnTheOthers",
            "inference of one sample alone"),
        arguments(
            AxesThatMatter.class, "outputAndGradient_turnedFeatures_turnAlike", "turned by Q"),
        arguments(
            CentresInPlace.class,
            "layer_anySample_leavesItsInputAlone",
            "the layer wrote into its input"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void contract_onAPlantedMistake_namesIt(Class<?> mistake, String property, String complaint) {
    ContractRun run = ContractRun.of(mistake, TRIES, false);
    String actual = run.failures().getOrDefault(property, "passed");
    assertTrue(actual.contains(complaint), () -> actual + "; failed were " + run.failures());
    assertFalse(run.passed().isEmpty(), "a mistake that fails everything shows nothing");
  }
}
