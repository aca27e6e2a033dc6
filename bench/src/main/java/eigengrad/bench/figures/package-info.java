/** The figures of the documentation, drawn from the code that they describe. */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.figures;
