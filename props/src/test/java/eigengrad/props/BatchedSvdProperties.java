package eigengrad.props;

import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import java.util.List;
import java.util.stream.IntStream;

/** Our batched solver, one matrix per lane. */
class BatchedSvdProperties implements BatchedSvdContract {

  @Override
  public List<SingularTriplets> solveAll(List<DenseMatrix> matrices) {
    BatchedSingularValueDecomposition solved =
        Svd.decompose(MatrixBatch.of(matrices.toArray(DenseMatrix[]::new)));
    return IntStream.range(0, matrices.size())
        .mapToObj(solved::decomposition)
        .map(BatchedSvdProperties::triplets)
        .toList();
  }

  private static SingularTriplets triplets(SingularValueDecomposition svd) {
    return new SingularTriplets(svd.values(), svd.leftVectors(), svd.rightVectors());
  }

  /** Lock-step and, beyond, one matrix after the other. */
  @Override
  public int largestOrder() {
    return 36;
  }
}
