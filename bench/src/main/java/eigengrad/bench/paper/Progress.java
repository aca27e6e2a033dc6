package eigengrad.bench.paper;

/** Someone who is told how far the experiment has come, by several threads at a time. */
interface Progress extends AutoCloseable {

  /**
   * Optimiser steps were taken.
   *
   * @param steps how many
   */
  void stepped(long steps);

  /**
   * A run has ended.
   *
   * @param stepsLeft steps it was to take and never will
   */
  void ended(long stepsLeft);

  @Override
  void close();

  /** For nobody: there is nothing to wait for. */
  static Progress none() {
    return new Progress() {
      @Override
      public void stepped(long steps) {}

      @Override
      public void ended(long stepsLeft) {}

      @Override
      public void close() {}
    };
  }
}
