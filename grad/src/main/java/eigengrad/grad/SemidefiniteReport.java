package eigengrad.grad;

/**
 * What was made of the small eigenvalues of a matrix on the way to a function of it.
 *
 * @param negative how many eigenvalues were below 0
 * @param smallest the smallest eigenvalue; 0 of an empty matrix, NaN where none was computed
 * @param zeroed how many counted as 0
 * @param largestZeroed the largest magnitude of those; 0 if there were none
 * @param ridge what was added to all of them
 */
public record SemidefiniteReport(
    int negative, double smallest, int zeroed, double largestZeroed, double ridge) {}
