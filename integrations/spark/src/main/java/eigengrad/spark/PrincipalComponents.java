package eigengrad.spark;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.LeadingEigen;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The leading eigenpairs of a covariance, largest first.
 *
 * @param mean m, d elements
 * @param variances k eigenvalues
 * @param totalVariance the sum of all d
 * @param vectors d·k elements, column-major
 */
record PrincipalComponents(
    double[] mean, double[] variances, double totalVariance, double[] vectors) {

  /** Beyond, the covariance is not formed unless asked for. */
  private static final int LARGEST_NARROW = 4096;

  /** Vectors that are multiplied in one pass over the data. */
  private static final int LARGEST_BLOCK = 16;

  static PrincipalComponents fit(Dataset<?> data, EigengradPca settings) {
    String column = settings.getInputCol();
    int k = settings.getK();
    int dimension = VectorColumn.dimension(data, column);
    if (k > dimension) {
      throw new IllegalArgumentException(
          "k must be ≤ %d, the length of the vectors of column '%s', got %d"
              .formatted(dimension, column, k));
    }
    boolean narrow =
        switch (settings.getSolver()) {
          case "covariance" -> true;
          case "leading" -> false;
          default -> dimension <= LARGEST_NARROW;
        };
    return narrow
        ? of(Covariances.fit(data, column, dimension, settings.getAggregationDepth()), k)
        : iterated(data, dimension, settings);
  }

  private static PrincipalComponents of(CovarianceAccumulator rows, int k) {
    DenseMatrix covariance = rows.sampleCovariance();
    int dimension = rows.dimension();
    double trace = 0;
    for (int i = 0; i < dimension; i++) {
      trace += covariance.get(i, i);
    }
    PartialEigendecomposition ascending =
        SymmetricEigen.decompose(covariance, IndexRange.largest(k));
    return descending(rows.mean(), ascending, trace);
  }

  private static PrincipalComponents iterated(
      Dataset<?> data, int dimension, EigengradPca settings) {
    JavaRDD<Row> rows = VectorColumn.rows(data, settings.getInputCol());
    boolean cached = !data.storageLevel().equals(StorageLevel.NONE());
    if (!cached) {
      rows.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      ClusterCovariance covariance =
          new ClusterCovariance(
              rows, settings.getInputCol(), dimension, settings.getAggregationDepth());
      int k = settings.getK();
      int block = Math.min(k, LARGEST_BLOCK);
      LeadingPairs leading =
          LeadingEigen.DEFAULT
              .withTolerance(settings.getTol())
              .withBlockSize(block)
              .withMaxProducts(Math.multiplyExact(settings.getMaxIter(), block))
              .withSeed(settings.getSeed())
              .largest(dimension, covariance, k);
      requireConverged(leading, k);
      return descending(covariance.mean(), leading.pairs(), covariance.totalVariance());
    } finally {
      if (!cached) {
        rows.unpersist();
      }
    }
  }

  private static void requireConverged(LeadingPairs leading, int k) {
    switch (leading.outcome()) {
      case CONVERGED -> {}
      case INTERRUPTED -> throw new CancellationException("interrupted");
      case EXHAUSTED ->
          throw new ArithmeticException(
              "%d of %d components have converged after %d products: raise maxIter or tol"
                  .formatted(leading.size(), k, leading.products()));
    }
  }

  private static PrincipalComponents descending(
      double[] mean, PartialEigendecomposition ascending, double totalVariance) {
    int k = ascending.size();
    double[] vectors = DescendingOrder.ofColumns(ascending.vectors()).columnMajor();
    double[] variances =
        IntStream.range(0, k).mapToDouble(j -> Math.max(0, ascending.value(k - 1 - j))).toArray();
    return new PrincipalComponents(mean, variances, totalVariance, vectors);
  }
}
