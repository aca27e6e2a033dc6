package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;

/**
 * A contestant's times on one workload.
 *
 * @param workload what was computed
 * @param n order of the matrix
 * @param raceThreads the most that anybody in the same race might use
 * @param contestant its name
 * @param threads that it might use
 * @param callsPerRound calls of which a round's time is the mean
 * @param nanosPerCall a mean for each round
 * @param fastestNanos the fastest call of all rounds
 * @param wallNanos of all rounds together, requests and the restoring of inputs included
 * @param processorNanos that its process used of all processors meanwhile
 * @param residual LAPACK's ratio of the answer
 * @param orthogonality LAPACK's ratio of the answer
 * @param valueDifference largest difference from the first contestant's eigenvalues, in n·u'·‖A‖
 */
public record Measurement(
    Workload workload,
    int n,
    int raceThreads,
    String contestant,
    int threads,
    long callsPerRound,
    double[] nanosPerCall,
    double fastestNanos,
    long wallNanos,
    long processorNanos,
    double residual,
    double orthogonality,
    double valueDifference) {

  /**
   * Whether an entrant was measured.
   *
   * @param entrant of the same race
   * @return whether name and threads agree
   */
  public boolean isOf(Entrant entrant) {
    return contestant.equals(entrant.name()) && threads == entrant.threads();
  }

  /**
   * Quartiles of the rounds.
   *
   * @return of nanoseconds per call
   */
  public Quartiles quartiles() {
    return Quartiles.of(nanosPerCall);
  }
}
