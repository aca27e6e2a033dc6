package eigengrad.bench.program;

import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about a command line that cannot be obeyed. */
public final class WrongOption {
  private static final String HELP = "; --help lists the options";

  private WrongOption() {}

  /**
   * What is wrong and what would be right, whatever line breaks the words given contain.
   *
   * @param e as picocli throws it
   * @return one line, beginning with {@code error:}
   */
  public static String inOneLine(ParameterException e) {
    return ("error: " + message(e)).replaceAll("\\s*\\R\\s*|\\p{Cntrl}", " ").strip();
  }

  private static String message(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> similar = unmatched.getSuggestions();
      boolean option = unmatched.isUnknownOption() && !similar.isEmpty();
      return message + (option ? "; did you mean " + similar.get(0) + "?" : HELP);
    }
    return e instanceof MissingParameterException ? message + HELP : message;
  }
}
