/**
 * Generators and tolerances for property-based tests of eigensolvers and their gradients, anyone's.
 *
 * <p>Matrices are generated from a spectrum and a seed, so that a failing case shrinks towards
 * fewer, rounder eigenvalues.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.props;
