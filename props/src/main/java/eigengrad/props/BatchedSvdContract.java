package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every solver of many singular value decompositions of one shape must satisfy: no matrix
 * affects the answer for another.
 *
 * <p>Implement {@link #solveAll} in a test class and run it with jqwik: each property is a test.
 * Beside it implement {@link SvdContract}, with a batch of one.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface BatchedSvdContract {

  /**
   * Your solver.
   *
   * @param matrices all m×n; not to be modified
   * @return as many answers, in the same order, each with min(m, n) values, descending, and the
   *     thin U and V
   * @throws RuntimeException if an element is not finite
   */
  List<SingularTriplets> solveAll(List<DenseMatrix> matrices);

  /**
   * The most matrices in a batch; twice the lanes of a vector, and one more, is a good choice.
   *
   * @return ≥ 2
   */
  default int largestBatch() {
    return 17;
  }

  /**
   * Most rows and most columns of a matrix.
   *
   * @return ≥ 2
   */
  default int largestOrder() {
    return 12;
  }

  /**
   * Every matrix of a batch of all families has all ratios within their limits.
   *
   * @param batch what it is checked on
   */
  @Property
  default void accuracy_everyMatrixOfABatch_isWithinTheLimits(
      @ForAll("batches") List<TestMatrix> batch) {
    List<SingularTriplets> answers = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      DenseMatrix matrix = batch.get(i).matrix();
      Object place = BatchChecks.place(batch, i);
      SvdChecks.requireComplete(place, matrix, answers.get(i));
      SingularRatios.of(matrix, answers.get(i), answers.get(i).values()).require(place);
    }
  }

  /**
   * Each answer has the bits it has when its matrix is solved alone.
   *
   * @param batch what it is checked on
   */
  @Property
  default void answers_ofABatch_areThoseOfEachAlone(@ForAll("batches") List<TestMatrix> batch) {
    List<SingularTriplets> together = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      requireSame(batch, i, solve(List.of(batch.get(i))).get(0), together.get(i));
    }
  }

  /**
   * In another order the matrices have the same answers, in that order.
   *
   * @param batch what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void answers_ofReorderedBatch_areReordered(
      @ForAll("batches") List<TestMatrix> batch, @ForAll("seeds") long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, batch.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    List<SingularTriplets> straight = solve(batch);
    List<SingularTriplets> reordered = solve(order.stream().map(batch::get).toList());
    for (int i = 0; i < order.size(); i++) {
      requireSame(batch, order.get(i), straight.get(order.get(i)), reordered.get(i));
    }
  }

  /**
   * The matrices handed over are as they were.
   *
   * @param batch what it is checked on
   */
  @Property
  default void solveAll_anyBatch_leavesItAlone(@ForAll("batches") List<TestMatrix> batch) {
    List<DenseMatrix> copies =
        batch.stream()
            .map(TestMatrix::matrix)
            .map(a -> DenseMatrix.of(a.rows(), a.columns(), a.columnMajor()))
            .toList();
    solveAll(copies);
    SolverChecks.require(
        copies.equals(batch.stream().map(TestMatrix::matrix).toList()),
        "the solver wrote into a matrix",
        batch);
  }

  /**
   * A NaN or infinite element in one of the matrices is refused, or, if the solver rather answers
   * with NaN for that matrix, the others are as without it.
   *
   * @param batch what it is checked on
   * @param element what is not finite
   * @param seed of the other random inputs
   */
  @Property
  default void solveAll_oneNotFinite_isRefusedOrKeptApart(
      @ForAll("batches") List<TestMatrix> batch,
      @ForAll("notFiniteElements") double element,
      @ForAll("seeds") long seed) {
    int spoiled = (int) (seed % batch.size());
    List<DenseMatrix> matrices = new ArrayList<>(batch.stream().map(TestMatrix::matrix).toList());
    DenseMatrix chosen = matrices.get(spoiled);
    double[] elements = chosen.toArray();
    elements[(int) (seed % elements.length)] = element;
    matrices.set(spoiled, DenseMatrix.wrap(chosen.rows(), chosen.columns(), elements));
    List<SingularTriplets> answers;
    try {
      answers = solveAll(matrices);
    } catch (RuntimeException refusal) {
      return;
    }
    SolverChecks.require(
        Arrays.stream(answers.get(spoiled).values()).anyMatch(Double::isNaN),
        "matrix " + spoiled + " is not finite, and is neither refused nor answered with NaN,",
        matrices);
    List<SingularTriplets> without = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (i != spoiled) {
        requireSame(batch, i, without.get(i), answers.get(i));
      }
    }
  }

  /** No matrices, no answers. */
  @Example
  default void solveAll_emptyBatch_isEmpty() {
    SolverChecks.require(solveAll(List.of()).isEmpty(), "answers", "no matrices");
  }

  private List<SingularTriplets> solve(List<TestMatrix> batch) {
    List<SingularTriplets> answers = solveAll(batch.stream().map(TestMatrix::matrix).toList());
    SolverChecks.require(
        answers.size() == batch.size(),
        "%d answers to %d matrices".formatted(answers.size(), batch.size()),
        batch);
    return answers;
  }

  private static void requireSame(
      List<TestMatrix> batch, int i, SingularTriplets expected, SingularTriplets actual) {
    SolverChecks.require(
        Arrays.equals(expected.values(), actual.values())
            && expected.left().equals(actual.left())
            && expected.right().equals(actual.right()),
        "the answer depends on other matrices",
        BatchChecks.place(batch, i));
  }

  /** {@return batches of matrices of one shape, of all families} */
  @Provide
  default Arbitrary<List<TestMatrix>> batches() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, largestOrder());
    return Combinators.combine(
            sizes,
            sizes,
            Arbitraries.of(RectangularMatrices.families())
                .list()
                .ofMinSize(1)
                .ofMaxSize(largestBatch()),
            seeds())
        .as(
            (m, n, families, seed) ->
                IntStream.range(0, families.size())
                    .mapToObj(i -> families.get(i).of(m, n, seed + i))
                    .toList())
        .withoutEdgeCases();
  }

  /** {@return what an element must not be} */
  @Provide
  default Arbitrary<Double> notFiniteElements() {
    return Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }
}
