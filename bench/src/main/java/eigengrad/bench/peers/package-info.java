/**
 * A race of dense symmetric eigensolvers and matrix products: eigengrad, native libraries and other
 * libraries of the JVM, each in a JVM of its own, timed in turns.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.peers;
