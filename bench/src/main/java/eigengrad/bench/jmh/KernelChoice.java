package eigengrad.bench.jmh;

import eigengrad.simd.KernelSet;
import eigengrad.simd.Kernels;

/** Chooses the kernels of a JVM that has not used any yet. */
final class KernelChoice {
  private static final String ANY = "auto";

  private KernelChoice() {}

  /**
   * Makes a kernel set the active one of this JVM.
   *
   * @param name {@code auto}, {@code scalar}, or the width of a vector in bits
   * @return the active set
   * @throws IllegalStateException if the JVM has chosen another already, or has none so wide
   */
  static KernelSet require(String name) {
    if (!name.equals(ANY)) {
      System.setProperty(Kernels.PROPERTY, name);
    }
    KernelSet active = Kernels.active();
    boolean asked = active.name().equals(name) || active.name().equals("vector-" + name);
    if (!name.equals(ANY) && !asked) {
      throw new IllegalStateException(
          "kernel set %s wanted, %s active".formatted(name, active.name()));
    }
    return active;
  }
}
