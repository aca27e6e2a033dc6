package eigengrad.examples;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A diffusion tensor for each of 100,000 voxels: how directed it is, and where to. */
public final class BatchOfTensors {
  private static final int VOXELS = 100_000;

  private BatchOfTensors() {}

  /**
   * Prints the voxel with the most directed tensor.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // voxels × 3 × 3, as an imaging library holds them.
    float[] tensors = new float[VOXELS * 9];
    SplittableRandom random = new SplittableRandom(1);
    for (int voxel = 0; voxel < VOXELS; voxel++) {
      double[] g = random.doubles(9, -1, 1).toArray();
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double sum = i == j ? 0.1 : 0;
          for (int k = 0; k < 3; k++) {
            sum += g[3 * i + k] * g[3 * j + k];
          }
          tensors[voxel * 9 + 3 * i + j] = (float) sum;
        }
      }
    }

    MatrixBatch batch = MatrixBatch.ofRowMajor(VOXELS, 3, tensors);
    BatchedEigendecomposition eigen = SymmetricEigen.decompose(batch);

    int best = 0;
    for (int voxel = 1; voxel < VOXELS; voxel++) {
      if (fractionalAnisotropy(eigen, voxel) > fractionalAnisotropy(eigen, best)) {
        best = voxel;
      }
    }
    System.out.printf(
        "voxel %d: anisotropy %.3f, along %s%n",
        best,
        fractionalAnisotropy(eigen, best),
        Arrays.toString(eigen.decomposition(best).vectors().column(2)));
  }

  /** 0 for a sphere, 1 for a line. */
  static double fractionalAnisotropy(BatchedEigendecomposition eigen, int voxel) {
    double a = eigen.value(voxel, 0);
    double b = eigen.value(voxel, 1);
    double c = eigen.value(voxel, 2);
    double spread = (a - b) * (a - b) + (b - c) * (b - c) + (c - a) * (c - a);
    return Math.sqrt(spread / (2 * (a * a + b * b + c * c)));
  }
}
