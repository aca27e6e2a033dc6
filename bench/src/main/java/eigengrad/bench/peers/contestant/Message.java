package eigengrad.bench.peers.contestant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line between the race and a contestant: a marker, a verb and arguments, separated by blanks.
 * The marker tells it from what a library prints on its own. {@link ContestantProgram} lists the
 * verbs.
 *
 * @param verb what to do, or what was done
 * @param arguments words without blanks
 */
public record Message(String verb, List<String> arguments) {
  private static final String MARKER = "@race ";

  /**
   * A message of a verb and any arguments.
   *
   * @param verb what to do, or what was done
   * @param arguments written as strings; blanks and line breaks in them separate words
   * @return the message
   */
  public static Message of(String verb, Object... arguments) {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.addAll(words(argument.toString()));
    }
    return new Message(verb, List.copyOf(words));
  }

  /**
   * Reads a line.
   *
   * @param line as it came
   * @return nothing if the line is no message
   */
  public static Optional<Message> parse(String line) {
    List<String> words =
        line.startsWith(MARKER) ? words(line.substring(MARKER.length())) : List.of();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(new Message(words.get(0), words.subList(1, words.size())));
  }

  /**
   * The line to send.
   *
   * @return without a line break
   */
  public String line() {
    return arguments.isEmpty() ? MARKER + verb : MARKER + verb + " " + text();
  }

  /**
   * All arguments as one text.
   *
   * @return them, separated by single blanks
   */
  public String text() {
    return String.join(" ", arguments);
  }

  /**
   * One argument.
   *
   * @param i index
   * @return the word
   * @throws IllegalArgumentException if there are fewer arguments
   */
  public String word(int i) {
    if (i >= arguments.size()) {
      throw new IllegalArgumentException(
          "%s needs more than %d arguments, got '%s'".formatted(verb, i, text()));
    }
    return arguments.get(i);
  }

  /**
   * One argument as a whole number.
   *
   * @param i index
   * @return its value
   * @throws IllegalArgumentException if there is no such number
   */
  public long whole(int i) {
    return Long.parseLong(word(i));
  }

  /**
   * One argument as a number.
   *
   * @param i index
   * @return its value
   * @throws IllegalArgumentException if there is no such number
   */
  public double number(int i) {
    return Double.parseDouble(word(i));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
