/** Checks of arguments, products of symmetric matrices and what else every package needs. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.support;
