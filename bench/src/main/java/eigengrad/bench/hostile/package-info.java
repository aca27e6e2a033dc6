/** Matrices that are slow to solve, and how they were found. */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.hostile;
