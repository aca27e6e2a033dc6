/**
 * Every family of kernels as plain loops: the specification, and what runs where the Vector API
 * does not. For {@link eigengrad.simd.Kernels} to choose; nothing else is to call it.
 */
package eigengrad.simd.scalar;
