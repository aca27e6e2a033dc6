/**
 * Every family of kernels with the Vector API, the only code that knows lanes, registers and tiles.
 * For {@link eigengrad.simd.Kernels} to choose, which loads a class of it only where the Vector API
 * is there; nothing else is to call it.
 */
package eigengrad.simd.vector;
