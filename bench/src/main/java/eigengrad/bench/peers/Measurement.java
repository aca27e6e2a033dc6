package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;

/**
 * A contestant's times on one workload.
 *
 * @param workload what was computed
 * @param n order of the matrix
 * @param threads that the contestant might use
 * @param contestant its name
 * @param callsPerRound calls of which a round's time is the mean
 * @param nanosPerCall a mean for each round
 * @param fastestNanos the fastest call of all rounds
 * @param residual LAPACK's ratio of the answer
 * @param orthogonality LAPACK's ratio of the answer
 * @param valueDifference largest difference from the first contestant's eigenvalues, in n·u'·‖A‖
 */
record Measurement(
    Workload workload,
    int n,
    int threads,
    String contestant,
    long callsPerRound,
    double[] nanosPerCall,
    double fastestNanos,
    double residual,
    double orthogonality,
    double valueDifference) {

  Quartiles quartiles() {
    return Quartiles.of(nanosPerCall);
  }
}
