/** Functions of the eigenvalues with their divided differences, and the derivative of f(A). */
@org.jspecify.annotations.NullMarked
package eigengrad.grad.internal.function;
