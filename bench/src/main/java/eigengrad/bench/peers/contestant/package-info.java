/**
 * What runs in the JVM of one contestant: the libraries behind one interface, the matrices they are
 * given, the check of their answers, and the program that obeys the race line by line.
 *
 * <p>Matrices are column-major arrays without padding, as in all of eigengrad.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.peers.contestant;
