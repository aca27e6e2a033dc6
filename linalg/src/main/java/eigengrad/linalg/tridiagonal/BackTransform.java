package eigengrad.linalg.tridiagonal;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Z ← QZ, from eigenvectors of T to those of A.
 *
 * <p>Four reflectors at a time are HᵢHᵢ₊₁Hᵢ₊₂Hᵢ₊₃ = I − VTVᵀ with T upper triangular. All groups
 * are packed once; then a few columns of Z at a time go through all of them in a tile that stays in
 * cache. Cost: 2n³ flops. Source: R. Schreiber and C. F. Van Loan, <i>A Storage-Efficient WY
 * Representation for Products of Householder Transformations</i>, SIAM J. Sci. Stat. Comput. 10
 * (1989).
 */
public final class BackTransform {
  private static final int GROUP = 4;

  private final Kernels kernels = Kernels.active();
  private final Tridiagonalizer reduction;
  private final int n;
  private final int groups;

  /** V of group after group, each with n rows, those above its first reflector unused. */
  private final double[] v;

  private final double[] t;
  private final int columns = kernels.reflectorColumns();
  private final double[] tile;

  private BackTransform(Tridiagonalizer reduction) {
    this.reduction = reduction;
    this.n = reduction.size();
    this.groups = (reduction.reflectorCount() + GROUP - 1) / GROUP;
    this.v = new double[groups * n * GROUP];
    this.t = new double[groups * GROUP * GROUP];
    this.tile = new double[n * columns];
  }

  /**
   * Z ← QZ.
   *
   * @param reduction holds Q's reflectors
   * @param z n×n, overwritten
   */
  public static void apply(Tridiagonalizer reduction, double[] z) {
    BackTransform transform = new BackTransform(reduction);
    for (int group = 0; group < transform.groups; group++) {
      transform.packGroup(group);
    }
    for (int j = 0; j < transform.n; j += transform.columns) {
      transform.applyTo(z, j, Math.min(transform.columns, transform.n - j));
    }
  }

  private void packGroup(int group) {
    int first = group * GROUP;
    int count = Math.min(GROUP, reduction.reflectorCount() - first);
    int top = first + 1;
    double[] stored = reduction.reflectors();
    int ld = reduction.leadingDimension();
    int packed = (group * n + top) * GROUP;
    int small = group * GROUP * GROUP;
    kernels.transpose(n - top, count, stored, first * ld + top, ld, v, packed, GROUP);
    for (int k = 1; k < count; k++) {
      for (int i = 0; i < k; i++) {
        v[packed + i * GROUP + k] = 0;
      }
    }
    for (int k = 0; k < count; k++) {
      double tau = reduction.tau(first + k);
      int start = top + k;
      for (int j = 0; j < k; j++) {
        t[small + j + k * GROUP] =
            -tau
                * kernels.dot(
                    n - start, stored, (first + j) * ld + start, stored, (first + k) * ld + start);
      }
      // T(0…k−1, k) = −τₖ·T(0…k−1, 0…k−1)·Vᵀvₖ, in place from the top: a row reads those below.
      for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int i = j; i < k; i++) {
          sum += t[small + j + i * GROUP] * t[small + i + k * GROUP];
        }
        t[small + j + k * GROUP] = sum;
      }
      t[small + k + k * GROUP] = tau;
    }
  }

  private void applyTo(double[] z, int first, int width) {
    if (width < columns) {
      Arrays.fill(tile, 0);
    }
    kernels.transpose(n, width, z, first * n, n, tile, 0, columns);
    for (int group = groups - 1; group >= 0; group--) {
      int top = group * GROUP + 1;
      kernels.applyReflectors(
          n - top, v, (group * n + top) * GROUP, t, group * GROUP * GROUP, tile, top * columns);
    }
    kernels.transpose(width, n, tile, 0, columns, z, first * n, n);
  }
}
