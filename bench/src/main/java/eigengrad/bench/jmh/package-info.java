/**
 * The JMH benchmarks. Each state checks the answers of what is about to be timed; which parameters
 * are run, and for how long, is decided in {@code eigengrad.bench.suite}.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.jmh;
