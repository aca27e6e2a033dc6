/**
 * Dense linear algebra kernels on {@code double[]}, written twice: as plain loops and with the
 * Vector API.
 *
 * <p>The rest of eigengrad calls {@link eigengrad.simd.Kernels}; nothing else here is aware of
 * lanes, registers or tiles.
 */
@SuppressWarnings("module") // the modules that it is exported to are compiled later
@org.jspecify.annotations.NullMarked
module eigengrad.simd {
  requires static jdk.incubator.vector; // a program runs without it, on scalar kernels
  requires static jdk.management; // likewise: what the JVM's properties say must then do
  requires static org.jspecify;

  exports eigengrad.simd to
      eigengrad.linalg,
      eigengrad.grad;
}
