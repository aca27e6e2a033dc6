package eigengrad.bench.program;

/** Ends this JVM when the one that started it has ended, as Maven by a signal to it alone. */
public final class EndWithParent {
  private static final int TERMINATED = 143;

  private EndWithParent() {}

  /** Does so from now on, if this JVM was started by another: a shell may end before its jobs. */
  public static void watch() {
    ProcessHandle.current()
        .parent()
        .filter(parent -> parent.info().command().orElse("").matches(".*\\bjava(\\.exe)?"))
        .ifPresent(
            parent ->
                Thread.ofPlatform().daemon().name("parent's end").start(() -> endAfter(parent)));
  }

  private static void endAfter(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(TERMINATED);
  }
}
