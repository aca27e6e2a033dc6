/** Jacobi's method, for matrices too small to be worth reducing. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.eigen.jacobi;
