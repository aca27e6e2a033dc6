/** A look-alike of Commons Math's EigenDecomposition for symmetric matrices. */
@org.jspecify.annotations.NullMarked
package eigengrad.commonsmath;
