package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * C channels in groups of d; the last group is smaller where d does not divide C.
 *
 * @param channels C
 * @param groupSize d, from 1 to C
 */
public record ChannelGroups(int channels, int groupSize) {
  /** Rows that fill a register tile of two 512-bit vectors. */
  private static final int ENOUGH_ROWS = 16;

  /** Groups, the smaller one included. */
  int count() {
    return (channels + groupSize - 1) / groupSize;
  }

  /** Groups of d channels. */
  private int whole() {
    return channels / groupSize;
  }

  /** Where a group's channels begin. */
  int offset(int group) {
    return group * groupSize;
  }

  /** How many channels a group has. */
  int size(int group) {
    return Math.min(groupSize, channels - offset(group));
  }

  /** Blocks of neighbouring groups of one size, in order. */
  List<ChannelBlock> blocks(int samples) {
    List<ChannelBlock> blocks = new ArrayList<>();
    Gemm gemm = new Gemm();
    int together = Math.max(1, ENOUGH_ROWS / groupSize);
    for (int first = 0; first < whole(); first += together) {
      int groups = Math.min(together, whole() - first);
      blocks.add(
          new ChannelBlock(gemm, groupSize, first, groups, offset(first), channels, samples));
    }
    if (whole() < count()) {
      int last = whole();
      blocks.add(new ChannelBlock(gemm, size(last), last, 1, offset(last), channels, samples));
    }
    return blocks;
  }

  /** A root of every group's M: the whole groups at once, then the smaller one. */
  InverseSquareRoot.Pass forward(
      InverseSquareRoot root, DenseMatrix[] covariances, double epsilon) {
    if (whole() == count()) {
      return root.forward(covariances, epsilon);
    }
    DenseMatrix[] even = Arrays.copyOf(covariances, whole());
    DenseMatrix[] smaller = {covariances[whole()]};
    return new WithSmallerGroup(root.forward(even, epsilon), root.forward(smaller, epsilon));
  }

  /**
   * Groups of one size and a smaller one.
   *
   * @param even all groups but the last
   * @param smaller the last
   */
  private record WithSmallerGroup(InverseSquareRoot.Pass even, InverseSquareRoot.Pass smaller)
      implements InverseSquareRoot.Pass {
    @Override
    public DenseMatrix[] matrices() {
      return joined(even.matrices(), smaller.matrices());
    }

    @Override
    public DenseMatrix[] backward(DenseMatrix[] symmetricCotangents) {
      int last = symmetricCotangents.length - 1;
      return joined(
          even.backward(Arrays.copyOf(symmetricCotangents, last)),
          smaller.backward(new DenseMatrix[] {symmetricCotangents[last]}));
    }

    private static DenseMatrix[] joined(DenseMatrix[] even, DenseMatrix[] smaller) {
      DenseMatrix[] all = Arrays.copyOf(even, even.length + 1);
      all[even.length] = smaller[0];
      return all;
    }
  }
}
