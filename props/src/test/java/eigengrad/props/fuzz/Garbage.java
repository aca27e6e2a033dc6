package eigengrad.props.fuzz;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Parallelism;
import eigengrad.props.SymmetricMatrices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Arguments of every type of the public API, many of them wrong. Objects of our own types come from
 * whatever makes them, called with more of the same.
 */
final class Garbage {
  private static final double[] ODD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0,
    -0.0,
    Double.MIN_VALUE,
    1e-300,
    1e300,
    Double.MAX_VALUE,
    -1
  };
  private static final double[] EXTREME = {
    0, Double.MIN_VALUE, 1e-310, 1e-200, 1, 1e150, 1e300, 0.6 * Double.MAX_VALUE, Double.MAX_VALUE
  };
  private static final int DEEPEST = 4;
  private static final int ATTEMPTS = 30;

  private final RandomGenerator random;
  private final List<Executable> api;

  Garbage(RandomGenerator random, List<Executable> api) {
    this.random = random;
    this.api = api;
  }

  /** The object to call a method on, and nothing for the others; empty if none could be made. */
  Optional<Object[]> argumentsOf(Executable executable, int depth) {
    Class<?>[] types = executable.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Optional<?> argument = of(types[i], depth);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments[i] = argument.get();
    }
    return Optional.of(arguments);
  }

  /** A value of a type; empty if none could be made. */
  Optional<?> of(Class<?> type, int depth) {
    if (type == int.class) {
      return Optional.of(random.nextInt(20) == 0 ? Integer.MIN_VALUE : random.nextInt(-2, 7));
    } else if (type == long.class) {
      return Optional.of(random.nextLong());
    } else if (type == boolean.class) {
      return Optional.of(random.nextBoolean());
    } else if (type == double.class) {
      return Optional.of(number());
    } else if (type == float.class) {
      return Optional.of((float) number());
    } else if (type == InputStream.class) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return Optional.of(new ByteArrayInputStream(bytes));
    } else if (type == OutputStream.class) {
      return Optional.of(new ByteArrayOutputStream());
    } else if (type == String.class) {
      return Optional.of("garbage");
    } else if (type == DenseMatrix.class) {
      return Optional.of(matrix());
    } else if (type == RandomGenerator.class) {
      return Optional.of(random);
    } else if (type == DoubleUnaryOperator.class) {
      return Optional.<DoubleUnaryOperator>of(random.nextBoolean() ? Math::sqrt : x -> x * x);
    } else if (type == Consumer.class) {
      return Optional.<Consumer<?>>of(told -> {});
    } else if (type == Parallelism.Chunks.class) {
      return Optional.<Parallelism.Chunks>of((chunk, worker) -> {});
    } else if (type == ForkJoinPool.class) {
      return Optional.of(ForkJoinPool.commonPool());
    } else if (type.isArray()) {
      return array(type.getComponentType(), depth);
    } else if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return Optional.of(constants[random.nextInt(constants.length)]);
    }
    return depth > DEEPEST ? Optional.empty() : made(type, depth);
  }

  private double number() {
    return random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextGaussian();
  }

  private Optional<?> array(Class<?> component, int depth) {
    Object array = Array.newInstance(component, random.nextInt(6));
    boolean sound = component == double.class && random.nextBoolean();
    for (int i = 0; i < Array.getLength(array); i++) {
      Optional<?> element = sound ? Optional.of(random.nextGaussian()) : of(component, depth + 1);
      if (element.isEmpty()) {
        return Optional.empty();
      }
      Array.set(array, i, element.get());
    }
    return Optional.of(array);
  }

  /**
   * Sound and symmetric, positive definite, of any shape, symmetric with the largest and smallest
   * numbers, or full of odd numbers.
   */
  private DenseMatrix matrix() {
    int n = random.nextInt(6);
    long seed = random.nextLong();
    return switch (random.nextInt(6)) {
      case 0, 1 -> SymmetricMatrices.gaussian(n, n, seed).symmetricPart();
      case 2 -> {
        DenseMatrix x = SymmetricMatrices.gaussian(n, n + 1, seed);
        yield x.times(x.transpose()).symmetricPart();
      }
      case 3 -> SymmetricMatrices.gaussian(n, random.nextInt(6), seed);
      case 4 -> extreme(n);
      default -> {
        double[] elements = new double[n * n];
        Arrays.setAll(elements, i -> number());
        yield DenseMatrix.wrap(n, n, elements);
      }
    };
  }

  private DenseMatrix extreme(int n) {
    double[] elements = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sign = random.nextBoolean() ? 1 : -1;
        double element = sign * EXTREME[random.nextInt(EXTREME.length)];
        elements[i + j * n] = element;
        elements[j + i * n] = element;
      }
    }
    return DenseMatrix.wrap(n, n, elements);
  }

  /** By a random one of the methods and constructors that make it. */
  private Optional<?> made(Class<?> type, int depth) {
    List<Executable> makers =
        api.stream().filter(executable -> type.isAssignableFrom(resultOf(executable))).toList();
    for (int attempt = 0; attempt < ATTEMPTS && !makers.isEmpty(); attempt++) {
      Optional<Object> result =
          call(makers.get(random.nextInt(makers.size())), depth + 1).flatMap(Garbage::result);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  /** A call with arguments; empty if they could not be made. */
  Optional<Call> call(Executable executable, int depth) {
    Optional<?> target =
        executable instanceof Method method && !Modifier.isStatic(method.getModifiers())
            ? of(method.getDeclaringClass(), depth)
            : Optional.of("no target");
    return target.flatMap(
        object ->
            argumentsOf(executable, depth)
                .map(arguments -> new Call(executable, object, arguments)));
  }

  /** Empty if the arguments were refused. */
  private static Optional<Object> result(Call call) {
    try {
      return Optional.of(call.run());
    } catch (InvocationTargetException refusal) {
      return Optional.empty();
    }
  }

  private static Class<?> resultOf(Executable executable) {
    return executable instanceof Method method
        ? method.getReturnType()
        : ((Constructor<?>) executable).getDeclaringClass();
  }
}
