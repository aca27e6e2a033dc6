package eigengrad.bench.paper;

/**
 * An array of numbers that training adjusts in place.
 *
 * @param name for messages
 * @param values the numbers
 * @param decays whether weight decay applies: to weights, not to biases and scales
 */
record Parameter(String name, double[] values, boolean decays) {}
