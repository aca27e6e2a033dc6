package eigengrad.bench.peers.contestant;

/** Times calls; what {@link Job#reset} takes is left out. */
final class Stopwatch {
  private Stopwatch() {}

  /**
   * Times a number of calls.
   *
   * @param calls ≥ 1
   */
  static Lap time(Job job, long calls) {
    return job.needsReset() ? oneByOne(job, calls) : together(job, calls);
  }

  private static Lap together(Job job, long calls) {
    long start = System.nanoTime();
    for (long call = 0; call < calls; call++) {
      job.run();
    }
    long nanos = System.nanoTime() - start;
    return new Lap(nanos, (double) nanos / calls);
  }

  private static Lap oneByOne(Job job, long calls) {
    long total = 0;
    long fastest = Long.MAX_VALUE;
    for (long call = 0; call < calls; call++) {
      job.reset();
      long start = System.nanoTime();
      job.run();
      long nanos = System.nanoTime() - start;
      total += nanos;
      fastest = Math.min(fastest, nanos);
    }
    return new Lap(total, fastest);
  }

  /**
   * A series of calls.
   *
   * @param nanos of all together
   * @param fastest nanoseconds of the fastest, or their mean where they were timed together
   */
  record Lap(long nanos, double fastest) {}
}
