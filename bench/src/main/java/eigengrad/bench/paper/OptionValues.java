package eigengrad.bench.paper;

import eigengrad.grad.Precision;
import eigengrad.grad.Retention;
import java.util.Locale;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of a command line become values; a message says what would be right instead. */
final class OptionValues {
  private OptionValues() {}

  /** A whole number of at least 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return number(word, count -> count >= 1, "give a whole number of at least 1");
    }
  }

  /** A group size that divides the channels of the network. */
  static final class GroupSize implements ITypeConverter<Integer> {
    /** Channels that the whitening layer splits into groups. */
    static final int CHANNELS = 64;

    @Override
    public Integer convert(String word) {
      return number(
          word,
          d -> d >= 1 && CHANNELS % d == 0,
          "give divisors of " + CHANNELS + " (1, 2, 4, 8, 16, 32, 64), separated by commas");
    }
  }

  /** A seed. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String word) {
      try {
        return Long.valueOf(word.strip());
      } catch (NumberFormatException e) {
        throw wrong(word, "give a whole number");
      }
    }
  }

  /** A positive number. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      String right = "give a positive number such as 0.05";
      try {
        double value = Double.parseDouble(word);
        if (value > 0 && value <= Double.MAX_VALUE) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(word, right);
      }
      throw wrong(word, right);
    }
  }

  /** A way to differentiate, by its name in the paper. */
  static final class MethodName implements ITypeConverter<Method> {
    @Override
    public Method convert(String word) {
      for (Method method : Method.values()) {
        if (method.label().equalsIgnoreCase(word.strip())) {
          return method;
        }
      }
      throw wrong(word, "choose from svd, pi and ours, separated by commas");
    }
  }

  /** A precision, by the name of its type. */
  static final class PrecisionName implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String word) {
      return switch (word.strip().toLowerCase(Locale.ROOT)) {
        case "double" -> Precision.FLOAT64;
        case "float32" -> Precision.FLOAT32;
        default -> throw wrong(word, "choose double or float32");
      };
    }
  }

  /** Which eigenvectors are kept. */
  static final class RetentionName implements ITypeConverter<Retention> {
    @Override
    public Retention convert(String word) {
      for (Retention retention : Retention.values()) {
        if (nameOf(retention).equalsIgnoreCase(word.strip())) {
          return retention;
        }
      }
      throw wrong(word, "choose energy, above-epsilon or all");
    }

    /** The option's word for it. */
    static String nameOf(Retention retention) {
      return retention.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static int number(String word, Predicate<Integer> allowed, String right) {
    try {
      int value = Integer.parseInt(word.strip());
      if (allowed.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(word, right);
    }
    throw wrong(word, right);
  }

  private static TypeConversionException wrong(String word, String right) {
    return new TypeConversionException("'" + word + "' is wrong: " + right);
  }
}
