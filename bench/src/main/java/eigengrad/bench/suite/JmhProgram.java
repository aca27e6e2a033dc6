package eigengrad.bench.suite;

import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.Main;

/** JMH's own program in a JVM that ends, with all it has started, when its standard input does. */
public final class JmhProgram {
  private static final int STOPPED = 130;

  private JmhProgram() {}

  /**
   * Runs JMH.
   *
   * @param args as of {@link Main}
   * @throws IOException if JMH throws it
   */
  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().name("end of input").start(JmhProgram::endWithInput);
    Main.main(args);
  }

  /** The input is a pipe from the JVM that started this one: it ends when that does. */
  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException sameAsTheEnd) {
      System.err.println(sameAsTheEnd);
    }
    Group.endChildren();
    Runtime.getRuntime().halt(STOPPED);
  }
}
