package eigengrad.bench.peers.contestant;

/** A library with fixed answers that counts its calls. */
final class FakeLibrary implements Library {
  private final double[] values;
  private final double[] vectors;
  int resets;
  int runs;
  boolean broken;

  FakeLibrary(double[] values, double[] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  @Override
  public String description() {
    return "fake";
  }

  @Override
  public EigenJob eigen(int n, double[] a, boolean wantVectors) {
    return new EigenJob() {
      @Override
      public void reset() {
        resets++;
      }

      @Override
      public void run() {
        runs++;
        if (broken) {
          throw new IllegalStateException("no\nconvergence");
        }
      }

      @Override
      public double[] values() {
        return values;
      }

      @Override
      public double[] vectors() {
        return vectors;
      }
    };
  }
}
