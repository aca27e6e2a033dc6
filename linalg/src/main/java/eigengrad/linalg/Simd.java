package eigengrad.linalg;

import eigengrad.simd.Kernels;
import java.util.concurrent.CancellationException;

/**
 * The SIMD kernels that everything here computes with.
 *
 * <p>Nothing has to be called. While the JVM has not compiled the SIMD kernels yet, plain loops
 * serve, which give the same bits; compiling goes on in the background from half a second after the
 * first use, and takes some two to four seconds of two processor cores.
 */
public final class Simd {
  private Simd() {}

  /**
   * The kernels in use.
   *
   * @return {@code vector-512}, {@code vector-256} or {@code vector-128}, with the bits of a
   *     vector; {@code scalar} where the JVM was started without the module {@code
   *     jdk.incubator.vector} or does not compile it well
   */
  public static String kernels() {
    return Kernels.active().name();
  }

  /**
   * Waits until all SIMD kernels are compiled. For programs that time the steady state, and those
   * that would rather start late than start slow. Does nothing on {@code scalar} kernels.
   *
   * <p>Cost: a few seconds the first time, nothing then.
   *
   * @throws CancellationException if the calling thread is interrupted
   */
  public static void warmUp() {
    Kernels.warmUp();
  }
}
