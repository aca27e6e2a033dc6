package eigengrad.bench.peers.contestant;

/** Child of {@link PeerSvdContractsTest}: one solve of a 4×4 matrix with a chosen element. */
final class SolveOfSpoiledMatrix {
  private SolveOfSpoiledMatrix() {}

  public static void main(String... arguments) {
    double[] matrix = new double[16];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = Math.sin(1 + i);
    }
    matrix[6] = Double.parseDouble(arguments[1]);
    SvdJob job = LibraryName.valueOf(arguments[0]).open(1).svd(4, 4, matrix, true);
    Job.afterRun(job).run();
  }
}
