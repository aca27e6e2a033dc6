/**
 * Generators, limits and contracts for property-based tests of anyone's eigensolvers and their
 * gradients.
 *
 * <p>Matrices are generated from a spectrum and a seed, so that a failing case shrinks towards
 * fewer, rounder eigenvalues.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.props;
