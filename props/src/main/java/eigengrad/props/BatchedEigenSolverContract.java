package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every solver of many symmetric eigenproblems of one order must satisfy: no matrix affects
 * the answer for another.
 *
 * <p>Implement {@link #solveAll} in a test class and run it with jqwik: each property is a test.
 * Beside it implement {@link EigenSolverContract}, with a batch of one.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface BatchedEigenSolverContract {

  /**
   * Your solver.
   *
   * @param matrices all of one order, exactly symmetric; not to be modified
   * @return as many answers, in the same order, each with n values, ascending, and n×n vectors
   * @throws RuntimeException if an element is not finite
   */
  List<Eigenpairs> solveAll(List<DenseMatrix> matrices);

  /**
   * The most matrices in a batch; twice the lanes of a vector, and one more, is a good choice.
   *
   * @return ≥ 2
   */
  default int largestBatch() {
    return 17;
  }

  /**
   * The order of the largest matrix.
   *
   * @return ≥ 2
   */
  default int largestOrder() {
    return 16;
  }

  /**
   * Every matrix of a batch of all families has all ratios within their limits.
   *
   * @param batch what it is checked on
   */
  @Property
  default void accuracy_everyMatrixOfABatch_isWithinTheLimits(
      @ForAll("batches") List<TestMatrix> batch) {
    requireAccuracy(batch);
  }

  /**
   * The same beside matrices that are 2^±400 times as large.
   *
   * @param batch what it is checked on
   */
  @Property
  default void accuracy_besideOtherScales_isWithinTheLimits(
      @ForAll("batches") List<TestMatrix> batch) {
    List<TestMatrix> scaled = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      scaled.add(BatchChecks.scaled(batch.get(i), 400 * (i % 3 - 1)));
    }
    requireAccuracy(scaled);
  }

  /**
   * Each answer has the bits it has when its matrix is solved alone.
   *
   * @param batch what it is checked on
   */
  @Property
  default void answers_ofABatch_areThoseOfEachAlone(@ForAll("batches") List<TestMatrix> batch) {
    List<Eigenpairs> together = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      BatchChecks.requireSame(batch, i, solve(List.of(batch.get(i))).get(0), together.get(i));
    }
  }

  /**
   * Other matrices beside it change nothing about an answer.
   *
   * @param batch what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void answers_besideOtherMatrices_stay(
      @ForAll("batches") List<TestMatrix> batch, @ForAll("seeds") long seed) {
    int kept = (int) (seed % batch.size());
    List<TestMatrix> others = new ArrayList<>(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (i != kept) {
        int n = batch.get(i).matrix().rows();
        others.set(i, TestMatrix.of(SymmetricMatrices.uniform(n, seed + i)));
      }
    }
    BatchChecks.requireSame(batch, kept, solve(batch).get(kept), solve(others).get(kept));
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
    List<Eigenpairs> straight = solve(batch);
    List<Eigenpairs> reordered = solve(order.stream().map(batch::get).toList());
    for (int i = 0; i < order.size(); i++) {
      BatchChecks.requireSame(batch, order.get(i), straight.get(order.get(i)), reordered.get(i));
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
            .map(
                sample -> {
                  int n = sample.matrix().rows();
                  return DenseMatrix.of(n, n, sample.matrix().columnMajor());
                })
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
    int n = matrices.get(spoiled).rows();
    matrices.set(spoiled, SolverChecks.spoiled(n, element, seed));
    List<Eigenpairs> answers;
    try {
      answers = solveAll(matrices);
    } catch (RuntimeException refusal) {
      return;
    }
    SolverChecks.require(
        Arrays.stream(answers.get(spoiled).values()).anyMatch(Double::isNaN),
        "matrix " + spoiled + " is not finite, and is neither refused nor answered with NaN,",
        matrices);
    List<Eigenpairs> without = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (i != spoiled) {
        BatchChecks.requireSame(batch, i, without.get(i), answers.get(i));
      }
    }
  }

  /** No matrices, no answers. */
  @Example
  default void solveAll_emptyBatch_isEmpty() {
    SolverChecks.require(solveAll(List.of()).isEmpty(), "answers", "no matrices");
  }

  private List<Eigenpairs> solve(List<TestMatrix> batch) {
    List<Eigenpairs> answers = solveAll(batch.stream().map(TestMatrix::matrix).toList());
    SolverChecks.require(
        answers.size() == batch.size(),
        "%d answers to %d matrices".formatted(answers.size(), batch.size()),
        batch);
    return answers;
  }

  private void requireAccuracy(List<TestMatrix> batch) {
    List<Eigenpairs> answers = solve(batch);
    for (int i = 0; i < batch.size(); i++) {
      TestMatrix sample = batch.get(i);
      SolverChecks.requireComplete(sample, answers.get(i));
      AccuracyRatios.of(sample.matrix(), answers.get(i), answers.get(i).values())
          .require(BatchChecks.place(batch, i));
    }
  }

  /** {@return batches of matrices of one order, of all families at the scale of 1} */
  @Provide
  default Arbitrary<List<TestMatrix>> batches() {
    List<MatrixFamily> families =
        Stream.of(
                MatrixFamilies.lapackTypes(),
                MatrixFamilies.prescribedSpectra(),
                TridiagonalFamilies.classic(),
                TridiagonalFamilies.couplings())
            .flatMap(List::stream)
            .toList();
    Arbitrary<List<MatrixFamily>> members =
        Arbitraries.of(families).list().ofMinSize(1).ofMaxSize(largestBatch());
    return Combinators.combine(members, SymmetricMatrices.orders(largestOrder()), seeds())
        .as(BatchChecks::batch)
        .withoutEdgeCases();
  }

  /** {@return NaN and the infinities} */
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
