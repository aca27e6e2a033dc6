/** Products of Householder reflectors, a few at a time. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.householder;
