package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Eigenvectors of a symmetric tridiagonal matrix for given eigenvalues, each by its own twisted
 * factorisation with a residual near rounding, in panels of {@value BandCholeskyQr#PANEL}.
 *
 * <p>What becomes of a panel is up to the owner, whose chunks make them. Cost for k vectors: about
 * 60nk flops, 2nk divisions.
 */
public final class TwistedPanels {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private double[] values = Buffers.NONE;
  private double[] corrections = Buffers.NONE;
  private double[] residuals = Buffers.NONE;

  /** One per worker. */
  private double[][] work = {};

  private int n;
  private int k;
  private double[] d = Buffers.NONE;
  private int dOffset;
  private double[] e = Buffers.NONE;
  private int eOffset;

  /** Panels that grow their arrays as needed. */
  public TwistedPanels() {}

  /**
   * Takes a matrix T.
   *
   * @param order of T, ≥ 1
   * @param diagonal elements at most 2 in magnitude
   * @param diagonalOffset where it starts
   * @param offDiagonal n − 1 elements, at most 2 in magnitude
   * @param offDiagonalOffset where they start
   * @param count of the vectors
   * @param workers that will make them
   */
  public void begin(
      int order,
      double[] diagonal,
      int diagonalOffset,
      double[] offDiagonal,
      int offDiagonalOffset,
      int count,
      int workers) {
    n = order;
    d = diagonal;
    dOffset = diagonalOffset;
    e = offDiagonal;
    eOffset = offDiagonalOffset;
    k = count;
    int lanes = Kernels.lanes();
    int padded = Buffers.roundUp(k, lanes);
    values = Buffers.atLeast(values, padded);
    corrections = Buffers.atLeast(corrections, padded);
    residuals = Buffers.atLeast(residuals, padded);
    work = Buffers.perWorker(work, workers, 6 * n * lanes);
  }

  /**
   * The eigenvalues, to be written before the vectors are made; then those that go with these.
   *
   * @return the array itself, of which the first count elements count, ascending
   */
  public double[] values() {
    return values;
  }

  /**
   * Makes all panels, twice where the first time shows that values can be improved; these become
   * the vectors' Rayleigh quotients.
   *
   * @param norm a bound of ‖T‖₂, at most a few times as large
   * @param making a chunk for each panel, which calls {@link #make}
   * @param crew does the work
   * @return whether all residuals are near rounding
   */
  public boolean makeAll(double norm, ChunkBody making, Crew crew) {
    double accurate = Math.max(8, n / 32) * UNIT_ROUNDOFF * norm;
    double residual = largestResidual(making, crew);
    if (!(residual <= accurate) && Kernels.level1().maxAbs(k, corrections, 0) <= accurate) {
      // Once more, from the Rayleigh quotients. Farther away is another eigenvalue.
      residual = largestResidual(making, crew);
    }
    return residual <= accurate;
  }

  private double largestResidual(ChunkBody making, Crew crew) {
    crew.run(BandCholeskyQr.panels(k), making);
    Kernels.level1().axpy(k, 1, corrections, 0, values, 0);
    return Kernels.level1().maxAbs(k, residuals, 0);
  }

  /**
   * Makes one panel.
   *
   * @param panel its index
   * @param worker who does it
   * @param z overwritten, n rows of a panel's unit vectors
   * @param zOffset where they start
   */
  public void make(int panel, int worker, double[] z, int zOffset) {
    int from = panel * BandCholeskyQr.PANEL;
    Kernels.tridiagonal()
        .twistedVectors(
            n,
            d,
            dOffset,
            e,
            eOffset,
            from,
            Math.min(BandCholeskyQr.PANEL, k - from),
            values,
            corrections,
            residuals,
            z,
            zOffset,
            BandCholeskyQr.PANEL,
            work[worker]);
  }
}
