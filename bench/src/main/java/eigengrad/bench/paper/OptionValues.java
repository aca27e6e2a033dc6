package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of a command line become values; a message says what would be right instead. */
final class OptionValues {
  private OptionValues() {}

  /** Runs of each method at each group size: as many as a page can still show as lines. */
  static final class RunCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 1000);
    }
  }

  /** Optimiser steps of a run, 70 times the paper's. */
  static final class StepCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 10_000_000);
    }
  }

  /** Images per step: 1024 of them take more than 1 GB in each run, held as feature maps. */
  static final class BatchSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 1024);
    }
  }

  /** Runs at a time: more than any machine has processors. */
  static final class ThreadCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 1024);
    }
  }

  /** A group size that divides the channels of the network. */
  static final class GroupSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return number(
          word,
          d -> d >= 1 && SmallNetwork.CHANNELS % d == 0,
          "give divisors of "
              + SmallNetwork.CHANNELS
              + " (1, 2, 4, 8, 16, 32, 64), separated by commas");
    }
  }

  /** A seed so far from the largest long that the seeds of all runs are different. */
  static final class Seed implements ITypeConverter<Long> {
    private static final Pattern WORD = Pattern.compile("[+-]?[0-9]{1,18}");

    @Override
    public Long convert(String word) {
      if (!WORD.matcher(word.strip()).matches()) {
        throw wrong(word, "give a whole number of at most 18 digits");
      }
      return Long.valueOf(word.strip());
    }
  }

  /** A folder that may or may not exist. */
  static final class Folder implements ITypeConverter<Path> {
    @Override
    public Path convert(String word) {
      try {
        if (!word.isBlank()) {
          return Path.of(word);
        }
      } catch (InvalidPathException e) {
        throw wrong(word, "give the name of a folder");
      }
      throw wrong(word, "give the name of a folder");
    }
  }

  /** A positive number. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      return real(
          word,
          value -> value > 0 && value <= Double.MAX_VALUE,
          "give a positive number such as 0.05");
    }
  }

  /** A share of the energy. */
  static final class Energy implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      return real(
          word,
          share -> share > 0 && share <= 1,
          "give shares above 0 and at most 1 such as 0.99, separated by commas");
    }
  }

  /** How many vectors of the network's channels are kept. */
  static final class VectorCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return number(
          word,
          k -> k >= 1 && k <= SmallNetwork.CHANNELS,
          "give whole numbers from 1 to the %d channels, separated by commas"
              .formatted(SmallNetwork.CHANNELS));
    }
  }

  /** Steps of power iteration. */
  static final class IterationCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return number(
          word, k -> k >= 1 && k <= 1000, "give whole numbers from 1 to 1000, separated by commas");
    }
  }

  /** An experiment, by its name. */
  static final class ExperimentName implements ITypeConverter<Experiment> {
    @Override
    public Experiment convert(String word) {
      for (Experiment experiment : Experiment.values()) {
        if (experiment.word().equalsIgnoreCase(word.strip())) {
          return experiment;
        }
      }
      throw wrong(
          word,
          "choose from tie, table1, figure1, table2, figure2, figure3, surface, truth and white,"
              + " separated by commas");
    }
  }

  /** A way to differentiate, by its name in the paper if it has one. */
  static final class MethodName implements ITypeConverter<Method> {
    @Override
    public Method convert(String word) {
      for (Method method : Method.values()) {
        if (method.word().equalsIgnoreCase(word.strip())) {
          return method;
        }
      }
      throw wrong(
          word,
          "choose from svd, pi, ours, exact, published and published-svd, separated by commas");
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
      throw wrong(word, "choose energy, authors-code, above-epsilon or all");
    }

    /** The option's word for it. */
    static String nameOf(Retention retention) {
      return retention.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static int count(String word, int most) {
    return number(
        word, n -> n >= 1 && n <= most, "give a whole number from 1 to %d".formatted(most));
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

  private static double real(String word, DoublePredicate allowed, String right) {
    try {
      double value = Double.parseDouble(word);
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
