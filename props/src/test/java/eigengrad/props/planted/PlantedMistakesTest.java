package eigengrad.props.planted;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eigengrad.props.ContractRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each planted mistake fails the property whose business it is, perhaps among others. */
class PlantedMistakesTest {
  private static final int TRIES = 60;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(SwappedVectors.class, "accuracy_tiesAndClusters_isWithinTheLimits"),
        arguments(SwappedPair.class, "result_anyMatrix_isCompleteAndAscends"),
        arguments(LostDeflation.class, "values_anyMatrix_haveItsTraceAndNorm"),
        arguments(AbsoluteThreshold.class, "values_ofScaledMatrix_scale"),
        arguments(AbsoluteThreshold.class, "accuracy_extremeScales_isWithinTheLimits"),
        arguments(WritesIntoItsInput.class, "solve_anyMatrix_leavesItAlone"),
        arguments(SilentZeros.class, "solve_infiniteElement_isRefused"),
        arguments(RemembersTheLastMatrix.class, "solve_again_givesTheSameBits"),
        arguments(RootsOfTheSquare.class, "valuesAlone_anyMatrix_areThoseWithVectors"),
        arguments(RootsOfTheSquare.class, "values_ofNegatedMatrix_areNegated"),
        arguments(WrongAtTriples.class, "accuracy_tiesAndClusters_isWithinTheLimits"),
        arguments(LeakingLane.class, "accuracy_everyMatrixOfABatch_isWithinTheLimits"),
        arguments(LeakingLane.class, "answers_besideOtherMatrices_stay"),
        arguments(SharedScale.class, "accuracy_besideOtherScales_isWithinTheLimits"),
        arguments(PlantedSvd.TransposedRightVectors.class, "accuracy_families_isWithinTheLimits"),
        arguments(
            PlantedSvd.LeftVectorsForgotten.class, "accuracy_tiesAndClusters_isWithinTheLimits"),
        arguments(PlantedSvd.Ascending.class, "result_anyMatrix_isCompleteAndDescends"),
        arguments(PlantedSvd.AbsoluteTolerance.class, "values_ofScaledMatrix_scale"),
        arguments(
            PlantedSvd.RootsOfTheGramMatrix.class, "accuracy_tiesAndClusters_isWithinTheLimits"),
        arguments(PlantedSvd.ValuesOfNan.class, "solve_nanElement_isRefused"),
        arguments(PlantedSvd.NullSpaceForgotten.class, "accuracy_families_isWithinTheLimits"),
        arguments(FullProjector.class, "gradient_distinctValues_isTheFormula"),
        arguments(FullProjector.class, "gradient_distinctValues_agreesWithDifferences"),
        arguments(WrongSign.class, "gradient_distinctValues_agreesWithDifferences"),
        arguments(NotSymmetrised.class, "gradient_anyCotangent_isSymmetric"),
        arguments(AbsoluteEpsilon.class, "gradient_ofScaledMatrix_scalesInversely"),
        arguments(CotangentOfOtherSigns.class, "gradient_otherSignsOfVectors_stays"),
        arguments(ValuesForgotten.class, "gradient_ofTraceAndNorm_isKnown"),
        arguments(SameSignOnBothSidesOfATie.class, "gradient_rotationsInsideTies_stays"),
        arguments(UnboundedAtTies.class, "gradient_atTiesAndInClusters_isFinite"),
        arguments(OneTermTooFew.class, "error_ofEachPair_isTheRatioToThePowerK"),
        arguments(OneTermTooFew.class, "gradient_atNearTies_attainsItsBound"),
        arguments(OneTermTooMany.class, "gradient_ofTheLeadingVector_isTheAccumulatedSum"),
        arguments(NotDeflated.class, "gradient_ofOneVector_isBoundedByTermsOverItsValue"),
        arguments(TangentOfOtherSign.class, "tangent_anyDirection_isTheTransposeOfTheGradient"),
        arguments(MaskedTies.class, "gradient_anySpectrum_agreesWithDifferences"),
        arguments(MaskedTies.class, "gradient_atMultipleOfIdentity_isTheDerivativeThere"),
        arguments(
            HalfOfTheCotangent.class, "gradient_ofUnsymmetricCotangent_isThatOfItsSymmetricPart"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void contract_onAPlantedMistake_failsTheNamedProperty(Class<?> mistake, String property) {
    ContractRun run = ContractRun.of(mistake, TRIES, false);
    assertTrue(run.failures().containsKey(property), () -> "failed were " + run.failures());
    assertFalse(run.passed().isEmpty(), "a mistake that fails everything shows nothing");
  }
}
