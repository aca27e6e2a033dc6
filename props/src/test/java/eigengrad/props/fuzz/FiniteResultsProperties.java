package eigengrad.props.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.BatchedPolarDecomposition;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.BatchedSingularValues;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.props.ChosenSeed;
import eigengrad.props.SymmetricMatrices;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Every result of linalg and grad from finite arguments is finite, or there is an exception. */
@AddLifecycleHook(ChosenSeed.class)
class FiniteResultsProperties {
  private static final int CALLS = 5;

  /**
   * Matrix arithmetic is that of doubles; settings and exceptions keep what they are given; a
   * matrix of a batch that was not solved has NaN; the others say in their Javadoc where they are
   * not finite.
   */
  private static final Set<String> NOT_FINITE_BY_DEFINITION =
      Set.of(
          "DenseMatrix",
          "MatrixBatch",
          "Scaling",
          "SpectralAccuracy",
          "SingularAccuracy",
          "SingularValueDecomposition.conditionNumber",
          "SingularValueDecomposition.residual",
          "SingularValueDecomposition.leftOrthogonality",
          "SingularValueDecomposition.rightOrthogonality",
          "PolarDecomposition",
          "BatchedPolarDecomposition",
          "Eigendecomposition.residual",
          "Eigendecomposition.orthogonality",
          "PartialEigendecomposition.residual",
          "InverseGap",
          "Analytic",
          "PowerIteration.between",
          "PowerIteration.bound",
          "Pade",
          "Clipped",
          "Lorentzian",
          "WithTieTolerance",
          "TermCount.bound",
          "DiagnosedGradient",
          "EigenGradient.diagnosed",
          "SvdGradient.diagnosed",
          "EigenOptions",
          "EigenSolver.options",
          "EigenConvergenceException",
          "BatchedSpectralPass");

  private static final List<Executable> CALLED =
      PublicApiProperties.API.stream().filter(executable -> !isExcluded(executable)).toList();

  private static boolean isExcluded(Executable executable) {
    String type = executable.getDeclaringClass().getSimpleName();
    return NOT_FINITE_BY_DEFINITION.contains(type)
        || NOT_FINITE_BY_DEFINITION.contains(type + "." + executable.getName());
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Property
  void anyCall_onFiniteArguments_returnsFiniteNumbers(@ForAll("seeds") long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Garbage garbage = new Garbage(random, PublicApiProperties.API);
    for (int i = 0; i < CALLS; i++) {
      Optional<Call> call = garbage.call(CALLED.get(random.nextInt(CALLED.size())), 0);
      call.ifPresent(FiniteResultsProperties::check);
    }
  }

  private static void check(Call call) {
    if (!isFinite(call.target()) || !Arrays.stream(call.arguments()).allMatch(o -> isFinite(o))) {
      return;
    }
    try {
      Object result = call.run();
      assertTrue(isFinite(result) || isBatched(result), () -> text(result) + " from " + call);
    } catch (InvocationTargetException refusal) {
      // As it should be.
    }
  }

  /** Of a matrix that was not solved, these have NaN. */
  private static boolean isBatched(Object result) {
    return result instanceof BatchedEigendecomposition
        || result instanceof BatchedSingularValueDecomposition
        || result instanceof BatchedSingularValues
        || result instanceof BatchedPolarDecomposition;
  }

  private static String text(Object result) {
    return result instanceof double[] numbers ? Arrays.toString(numbers) : result.toString();
  }

  /** Whether all numbers in it are finite, as far as they can be seen. */
  private static boolean isFinite(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    } else if (value instanceof float[] numbers) {
      return IntStream.range(0, numbers.length).allMatch(i -> Float.isFinite(numbers[i]));
    } else if (value instanceof double[] numbers) {
      return DoubleStream.of(numbers).allMatch(Double::isFinite);
    } else if (value instanceof Object[] objects) {
      return Stream.of(objects).allMatch(o -> isFinite(o));
    } else if (value instanceof DenseMatrix matrix) {
      return isFinite(matrix.columnMajor());
    } else if (value instanceof MatrixBatch batch) {
      return isFinite(batch.interleaved());
    } else if (value instanceof Eigendecomposition eigen) {
      return isFinite(eigen.values()) && isFinite(eigen.vectors());
    } else if (value instanceof PartialEigendecomposition eigen) {
      return isFinite(eigen.values()) && isFinite(eigen.vectors());
    } else if (value instanceof BatchedEigendecomposition eigen) {
      return eigen.failures().isEmpty() && isFinite(eigen.interleavedValues());
    } else if (value instanceof BatchedSingularValueDecomposition svd) {
      return svd.failures().isEmpty() && isFinite(svd.interleavedValues());
    } else if (value instanceof BatchedSingularValues values) {
      return values.failures().isEmpty() && isFinite(values.interleavedValues());
    } else if (value instanceof BatchedPolarDecomposition polar) {
      return polar.failures().isEmpty() && isFinite(polar.symmetricFactors());
    } else if (value instanceof List<?> list) {
      return isFinite(list.toArray());
    }
    Class<?> type = value.getClass();
    return !(type.isRecord() && Modifier.isPublic(type.getModifiers()))
        || componentsAreFinite(value);
  }

  private static boolean componentsAreFinite(Object value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        if (!isFinite(component.getAccessor().invoke(value))) {
          return false;
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
    return true;
  }
}
