package eigengrad.linalg;

import static eigengrad.linalg.SpectralAccuracy.ULP;
import static eigengrad.linalg.TestMatrices.RATIO_LIMIT;

import eigengrad.linalg.HostileTridiagonals.Tridiagonal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * LAPACK's ratios of one matrix solved in one way: values with vectors, and values alone.
 *
 * @param residual R1 = ‖A − VΛVᵀ‖₁ / (‖A‖₁·n·u')
 * @param orthogonality R2 = ‖I − VᵀV‖₁ / (n·u')
 * @param difference R3 = max |λ − λ of values alone| / (max |λ|·u')
 * @param count R4: the tolerance, in max |λ|·u', at which Sturm counts confirm each λ
 * @param countAlone R4 of values alone
 */
record AccuracyRatios(
    double residual, double orthogonality, double difference, double count, double countAlone) {
  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  static final AccuracyRatios NONE = new AccuracyRatios(0, 0, 0, 0, 0);

  /** A dense matrix, by each way of solving it. */
  static Map<String, AccuracyRatios> of(DenseMatrix matrix) {
    return ofDense(matrix, SturmCount.of(matrix));
  }

  /** A tridiagonal matrix, as such and as a dense one, by each way of solving it. */
  static Map<String, AccuracyRatios> of(Tridiagonal t) {
    DenseMatrix dense = t.dense();
    SturmCount sturm = new SturmCount(t);
    double[] alone = TridiagonalEigen.values(t.d(), t.e());
    Eigendecomposition eigen = TridiagonalEigen.decompose(t.d(), t.e());
    Map<String, AccuracyRatios> ratios = new LinkedHashMap<>();
    ratios.put("tridiagonal", of(dense, sturm, eigen, alone, sturm.ratio(alone)));
    ratios.putAll(ofDense(dense, sturm));
    return ratios;
  }

  private static Map<String, AccuracyRatios> ofDense(DenseMatrix matrix, SturmCount sturm) {
    double[] alone = SymmetricEigen.values(matrix);
    double countAlone = sturm.ratio(alone);
    Map<String, AccuracyRatios> ratios = new LinkedHashMap<>();
    ratios.put("dense", of(matrix, sturm, SymmetricEigen.decompose(matrix), alone, countAlone));
    ratios.put(
        "dense, leaves of 4",
        of(matrix, sturm, new EigenSolver(SMALL_LEAVES).decompose(matrix), alone, countAlone));
    return ratios;
  }

  private static AccuracyRatios of(
      DenseMatrix matrix,
      SturmCount sturm,
      Eigendecomposition eigen,
      double[] alone,
      double countAlone) {
    double[] values = eigen.values();
    return new AccuracyRatios(
        eigen.residual(matrix),
        eigen.orthogonality(),
        difference(values, alone),
        sturm.ratio(values),
        countAlone);
  }

  private static double difference(double[] values, double[] alone) {
    double largestDifference = 0;
    for (int j = 0; j < values.length; j++) {
      largestDifference = Math.max(largestDifference, Math.abs(values[j] - alone[j]));
    }
    double largest = DoubleStream.of(values).map(Math::abs).max().orElse(0);
    return largestDifference == 0 ? 0 : largestDifference / largest / ULP;
  }

  /** The worse of two, ratio by ratio. */
  AccuracyRatios worse(AccuracyRatios other) {
    return new AccuracyRatios(
        Math.max(residual, other.residual),
        Math.max(orthogonality, other.orthogonality),
        Math.max(difference, other.difference),
        Math.max(count, other.count),
        Math.max(countAlone, other.countAlone));
  }

  /** Those beyond the limit, in words; none for an accurate solve. */
  List<String> excesses() {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("residual", residual);
    named.put("orthogonality", orthogonality);
    named.put("values with vectors against Sturm counts", count);
    named.put("values alone against Sturm counts", countAlone);
    named.put("values with vectors against values alone", difference);
    return named.entrySet().stream()
        .filter(ratio -> !(ratio.getValue() <= RATIO_LIMIT))
        .map(ratio -> ratio.getKey() + ": " + ratio.getValue())
        .toList();
  }
}
