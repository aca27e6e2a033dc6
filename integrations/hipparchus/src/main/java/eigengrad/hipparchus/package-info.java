/** A look-alike of Hipparchus' EigenDecompositionSymmetric. */
@org.jspecify.annotations.NullMarked
package eigengrad.hipparchus;
