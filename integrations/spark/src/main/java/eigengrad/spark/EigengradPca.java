package eigengrad.spark;

import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Principal components of a column of vectors: what {@code org.apache.spark.ml.feature.PCA} does,
 * with the same params, in one pass instead of two, and accurate for sparse vectors of a large
 * mean, for which Spark's subtracts N m mᵀ from Σ x xᵀ.
 *
 * <p>Components are the leading eigenvectors of Σ (x − m)(x − m)ᵀ / (N − 1), of norm 1, the largest
 * component of each positive. The answer has the same bits whatever the number of executors and
 * whichever of them are lost, as long as partitions hold the same rows in the same order.
 *
 * <p>The solver {@code covariance} computes the covariance in one pass over the data, d² flops a
 * row and d² doubles a task, and decomposes it on the driver, which takes up to 10 d² doubles more.
 * The solver {@code leading}, for wide vectors, multiplies it by b = min(k, 16) vectors in each of
 * some dozens of passes, 4b flops for each element of a row that is not zero and d·b doubles a
 * task, and takes d·(3k + 20 + 2b) doubles on the driver. It caches the column if the dataset is
 * not cached.
 *
 * @see EigengradPcaModel
 */
public final class EigengradPca extends Estimator<EigengradPcaModel>
    implements PcaParams, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam k;
  private final BooleanParam withMean;
  private final IntParam aggregationDepth;
  private final Param<String> solver;
  private final DoubleParam tol;
  private final IntParam maxIter;
  private final LongParam seed;

  /** An estimator with a random uid. */
  public EigengradPca() {
    this(Identifiable.randomUID("eigengradPca"));
  }

  /**
   * An estimator.
   *
   * @param uid what it is called in a pipeline
   */
  public EigengradPca(String uid) {
    this.uid = uid;
    this.inputCol = ColumnParams.newInputCol(uid);
    this.outputCol = ColumnParams.newOutputCol(uid);
    this.k = new IntParam(uid, "k", "how many principal components", ParamValidators.gt(0));
    this.withMean = PcaParams.newWithMean(uid);
    this.aggregationDepth = FitParams.newAggregationDepth(uid);
    this.solver =
        new Param<>(
            uid,
            "solver",
            "auto, covariance or leading",
            ParamValidators.inArray(List.of("auto", "covariance", "leading")));
    this.tol =
        new DoubleParam(uid, "tol", "residual that counts as converged", ParamValidators.gtEq(0));
    this.maxIter =
        new IntParam(uid, "maxIter", "most passes over the data", ParamValidators.gtEq(1));
    this.seed = new LongParam(uid, "seed", "of the random start vectors");
    setDefault(inputCol, "features");
    setDefault(outputCol, uid + "__output");
    setDefault(withMean, false);
    setDefault(aggregationDepth, 2);
    setDefault(solver, "auto");
    setDefault(tol, 1e-8);
    setDefault(maxIter, 100);
    setDefault(seed, 0L);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return inputCol;
  }

  @Override
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Param for the number of components, ≥ 1; to be set.
   *
   * @return the param
   */
  public IntParam k() {
    return k;
  }

  @Override
  public BooleanParam withMean() {
    return withMean;
  }

  @Override
  public IntParam aggregationDepth() {
    return aggregationDepth;
  }

  /**
   * Param for how the components are found: {@code covariance} or {@code leading}; {@code auto},
   * the default, is the first up to 4096 elements.
   *
   * @return the param
   */
  public Param<String> solver() {
    return solver;
  }

  /**
   * Param for the residual of a component, relative to the largest variance, that counts as
   * converged, 1e-8 by default; for {@code leading} alone.
   *
   * @return the param
   */
  public DoubleParam tol() {
    return tol;
  }

  /**
   * Param for how many passes over the data there may be, 100 by default; for {@code leading}
   * alone.
   *
   * @return the param
   */
  public IntParam maxIter() {
    return maxIter;
  }

  /**
   * Param for the random start vectors, 0 by default; for {@code leading} alone.
   *
   * @return the param
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * How the components are found.
   *
   * @return as set, or the default
   */
  public String getSolver() {
    return getOrDefault(solver);
  }

  /**
   * The residual that counts as converged.
   *
   * @return as set, or the default
   */
  public double getTol() {
    return (Double) getOrDefault(tol);
  }

  /**
   * How many passes over the data there may be.
   *
   * @return as set, or the default
   */
  public int getMaxIter() {
    return (Integer) getOrDefault(maxIter);
  }

  /**
   * The seed of the random start vectors.
   *
   * @return as set, or the default
   */
  public long getSeed() {
    return (Long) getOrDefault(seed);
  }

  /**
   * The number of components.
   *
   * @return as set
   */
  public int getK() {
    return (Integer) getOrDefault(k);
  }

  /**
   * Sets the name of the input column.
   *
   * @param value of vectors, or arrays of numbers
   * @return this
   */
  public EigengradPca setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the output column.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradPca setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Sets the number of components.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradPca setK(int value) {
    set(k, value);
    return this;
  }

  /**
   * Sets whether the mean is subtracted from vectors before they are projected.
   *
   * @param value true as scikit-learn does, false as Spark does
   * @return this
   */
  public EigengradPca setWithMean(boolean value) {
    set(withMean, value);
    return this;
  }

  /**
   * Sets the levels of the tree that merges what partitions have found.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradPca setAggregationDepth(int value) {
    set(aggregationDepth, value);
    return this;
  }

  /**
   * Sets how the components are found.
   *
   * @param value {@code auto}, {@code covariance} or {@code leading}
   * @return this
   */
  public EigengradPca setSolver(String value) {
    set(solver, value);
    return this;
  }

  /**
   * Sets the residual that counts as converged.
   *
   * @param value ≥ 0
   * @return this
   */
  public EigengradPca setTol(double value) {
    set(tol, value);
    return this;
  }

  /**
   * Sets how many passes over the data there may be.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradPca setMaxIter(int value) {
    set(maxIter, value);
    return this;
  }

  /**
   * Sets the seed of the random start vectors.
   *
   * @param value any number
   * @return this
   */
  public EigengradPca setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * Fits.
   *
   * @param data with the input column
   * @return the components
   * @throws IllegalArgumentException if the column is missing or not of vectors, there are fewer
   *     than two rows, k exceeds the vectors' length, or a row is null, of another length or not
   *     finite: its partition and position are named
   * @throws ArithmeticException if a variance exceeds the largest double, or {@code leading} has
   *     not converged after {@code maxIter} passes
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted while
   *     {@code leading} iterates
   */
  @Override
  public EigengradPcaModel fit(Dataset<?> data) {
    transformSchema(data.schema());
    EigengradPcaModel model = new EigengradPcaModel(uid, PrincipalComponents.fit(data, this));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.appended(schema, getInputCol(), getOutputCol());
  }

  @Override
  public EigengradPca copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Reads estimators that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradPca> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator.
   *
   * @param path where it has been saved
   * @return the estimator
   */
  public static EigengradPca load(String path) {
    return read().load(path);
  }
}
