package eigengrad.simd;

import eigengrad.simd.vector.VectorKernels;
import java.util.List;
import java.util.TreeSet;

/** The sizes and scalars at which every kernel is tried, and the sets that are tried. */
final class Samples {
  static final double[] ALPHAS = {1, -1.3, 0};
  static final double[] BETAS = {0, 1, 0.5};

  /** A vector is never assumed to start at a multiple of anything. */
  static final int[] OFFSETS = {0, 1, 5};

  private Samples() {}

  /** Both sides of the switch, whichever serves by now. */
  static List<KernelSet> kernelSets() {
    return List.of(Kernels.scalar(), compiled());
  }

  /** The SIMD kernels from the first call on, or plain loops where those are all there is. */
  static KernelSet compiled() {
    return Kernels.active().isVector() ? VectorKernels.SET : Kernels.active();
  }

  /** 0, 1, both sides of one, two and four vectors, of 32, and something larger. */
  static int[] sizes() {
    TreeSet<Integer> sizes = new TreeSet<>(List.of(0, 1, 2, 3, 31, 32, 33, 64, 100));
    for (int vectors : new int[] {1, 2, 4}) {
      int edge = vectors * Kernels.active().lanes();
      sizes.addAll(List.of(edge - 1, edge, edge + 1));
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }
}
