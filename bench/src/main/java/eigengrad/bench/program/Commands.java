package eigengrad.bench.program;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the command lines of all programs have in common: help, and one line on a wrong option. */
public final class Commands {
  private static final String HELP = "; --help lists the options";

  private Commands() {}

  /**
   * A command with {@code --help}, which says in one line what is wrong with its options and what
   * would be right.
   *
   * @param command annotated as picocli wants it
   * @return to be executed with its arguments
   */
  public static CommandLine of(Object command) {
    return new CommandLine(command)
        .addMixin("help", new HelpOption())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Commands::explain);
  }

  private static final class HelpOption {
    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this and exit.")
    private boolean help;
  }

  private static int explain(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(inOneLine(e));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Whatever line breaks the words given contain. */
  private static String inOneLine(ParameterException e) {
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
