/** Checks of arguments, products of symmetric matrices and other help for every package. */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.support;
