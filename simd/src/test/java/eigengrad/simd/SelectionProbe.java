package eigengrad.simd;

/**
 * Child of {@link KernelSelectionTest}: uses the active kernels and says which they are. Arguments
 * are system properties that a JVM does not let its command line change.
 */
final class SelectionProbe {
  private SelectionProbe() {}

  public static void main(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      System.setProperty(arguments[i], arguments[i + 1]);
    }
    double[] x = new double[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
    }
    try {
      double dot = Kernels.active().level1().dot(x.length, x, 0, x, 0);
      System.out.println(Kernels.active().name() + " " + dot);
    } catch (IllegalStateException first) {
      System.out.println(first.getMessage());
      try {
        System.out.println(Kernels.active().name());
      } catch (IllegalStateException second) {
        System.out.println(second.getMessage());
      }
    }
  }
}
