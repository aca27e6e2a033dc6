/**
 * One command for all benchmarks: what is run and for how long, the file of results, the reports
 * made from it, and the comparison of two such files.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.suite;
