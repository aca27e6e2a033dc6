package eigengrad.bench.peers;

/**
 * The times of eigengrad's three phases on the dense workload.
 *
 * @param n order of the matrix
 * @param raceThreads the most that anybody in the same race might use
 * @param reductionNanos of a call, for each round
 * @param tridiagonalNanos of a call, for each round
 * @param backTransformationNanos of a call, for each round
 */
public record PhaseMeasurement(
    int n,
    int raceThreads,
    double[] reductionNanos,
    double[] tridiagonalNanos,
    double[] backTransformationNanos) {}
