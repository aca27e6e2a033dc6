package eigengrad.props.fuzz;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.JavaLiteral;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A method or constructor with arguments.
 *
 * @param executable what is called
 * @param target the object it is called on; not used for the others
 * @param arguments as many as it has parameters
 */
record Call(Executable executable, Object target, Object[] arguments) {

  /** The result. */
  Object run() throws InvocationTargetException {
    try {
      if (executable instanceof Constructor<?> constructor) {
        return constructor.newInstance(arguments);
      }
      Object result = ((Method) executable).invoke(target, arguments);
      return result == null ? "nothing" : result;
    } catch (IllegalAccessException | InstantiationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The numbers in the arguments, and in the target if it is a matrix, as text. */
  String numbers() {
    return text(target) + " " + Arrays.stream(arguments).map(Call::text).toList();
  }

  private static String text(Object value) {
    if (value instanceof DenseMatrix matrix) {
      return "DenseMatrix.of(%d, %d, %s)"
          .formatted(matrix.rows(), matrix.columns(), JavaLiteral.of(matrix.columnMajor()));
    } else if (value.getClass().isArray()) {
      Object[] elements = new Object[Array.getLength(value)];
      Arrays.setAll(elements, i -> Array.get(value, i));
      return Arrays.stream(elements).map(Call::text).collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Number ? value.toString() : value.getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return executable + " on " + numbers();
  }
}
