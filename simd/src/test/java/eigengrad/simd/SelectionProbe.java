package eigengrad.simd;

/** Child of {@link KernelSelectionTest}: uses the active kernels and says which they are. */
final class SelectionProbe {
  private SelectionProbe() {}

  public static void main(String[] arguments) {
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
