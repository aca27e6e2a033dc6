package eigengrad.spark;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Principal components, which vectors are projected to: Vᵀx, or Vᵀ(x − m) with {@code withMean}.
 *
 * @see EigengradPca
 */
public final class EigengradPcaModel extends Model<EigengradPcaModel>
    implements PcaParams, MLWritable {
  private static final long serialVersionUID = 1;

  private static final StructType SAVED =
      new StructType()
          .add("pc", SQLDataTypes.MatrixType())
          .add("variances", SQLDataTypes.VectorType())
          .add("totalVariance", DataTypes.DoubleType)
          .add("mean", SQLDataTypes.VectorType());

  private final String uid;
  private final DenseMatrix pc;
  private final DenseVector variances;
  private final double totalVariance;
  private final DenseVector mean;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final BooleanParam withMean;

  EigengradPcaModel(String uid, PrincipalComponents components) {
    this(
        uid,
        new DenseMatrix(
            components.mean().length, components.variances().length, components.vectors()),
        new DenseVector(components.variances()),
        components.totalVariance(),
        new DenseVector(components.mean()));
  }

  private EigengradPcaModel(
      String uid, DenseMatrix pc, DenseVector variances, double totalVariance, DenseVector mean) {
    this.uid = uid;
    this.pc = pc;
    this.variances = variances;
    this.totalVariance = totalVariance;
    this.mean = mean;
    this.inputCol = ColumnParams.newInputCol(uid);
    this.outputCol = ColumnParams.newOutputCol(uid);
    this.withMean = PcaParams.newWithMean(uid);
    setDefault(inputCol, "features");
    setDefault(outputCol, uid + "__output");
    setDefault(withMean, false);
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

  @Override
  public BooleanParam withMean() {
    return withMean;
  }

  /**
   * The components, as {@code PCAModel} calls them.
   *
   * @return V, d×k, that of the largest variance first
   */
  public DenseMatrix pc() {
    return pc;
  }

  /**
   * The share of the total variance that each component explains, as {@code PCAModel} has it.
   *
   * @return k elements, descending; 0 if nothing varies
   */
  public DenseVector explainedVariance() {
    double[] shares = variances.toArray().clone();
    for (int j = 0; j < shares.length; j++) {
      shares[j] = totalVariance == 0 ? 0 : shares[j] / totalVariance;
    }
    return new DenseVector(shares);
  }

  /**
   * The variance along each component, divided by N − 1.
   *
   * @return k elements, descending
   */
  public DenseVector variances() {
    return variances;
  }

  /**
   * The variance of all elements together: the trace of the covariance.
   *
   * @return Σ (x − m)ᵀ(x − m) / (N − 1)
   */
  public double totalVariance() {
    return totalVariance;
  }

  /**
   * The mean.
   *
   * @return m, d elements
   */
  public DenseVector mean() {
    return mean;
  }

  /**
   * Sets the name of the input column.
   *
   * @param value of vectors, or arrays of numbers
   * @return this
   */
  public EigengradPcaModel setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the output column.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradPcaModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Sets whether the mean is subtracted from vectors before they are projected.
   *
   * @param value true as scikit-learn does, false as Spark does
   * @return this
   */
  public EigengradPcaModel setWithMean(boolean value) {
    set(withMean, value);
    return this;
  }

  /**
   * Appends the projections. A vector of another length fails the task; null stays null.
   *
   * @param data with the input column
   * @return with the output column, vectors of k elements
   * @throws IllegalArgumentException if the input column is missing or not of vectors, or the
   *     output column is there already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> data) {
    transformSchema(data.schema());
    double[] centre = getWithMean() ? mean.toArray() : new double[0];
    return AffineMap.ofTransposed(pc, centre).append(data, getInputCol(), getOutputCol());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.appended(schema, getInputCol(), getOutputCol());
  }

  @Override
  public EigengradPcaModel copy(ParamMap extra) {
    EigengradPcaModel copy = new EigengradPcaModel(uid, pc, variances, totalVariance, mean);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return SavedModel.writer(this, SAVED, RowFactory.create(pc, variances, totalVariance, mean));
  }

  /**
   * Reads models that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradPcaModel> read() {
    return SavedModel.reader(
        EigengradPcaModel.class,
        (uid, row) ->
            new EigengradPcaModel(uid, row.getAs(0), row.getAs(1), row.getDouble(2), row.getAs(3)));
  }

  /**
   * Reads a model.
   *
   * @param path where it has been saved
   * @return the model
   */
  public static EigengradPcaModel load(String path) {
    return read().load(path);
  }
}
