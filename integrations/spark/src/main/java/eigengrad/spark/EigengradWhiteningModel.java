package eigengrad.spark;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A whitening: x ↦ W(x − m).
 *
 * @see EigengradWhitening
 */
public final class EigengradWhiteningModel extends Model<EigengradWhiteningModel>
    implements ColumnParams, MLWritable {
  private static final long serialVersionUID = 1;

  private static final StructType SAVED =
      new StructType()
          .add("whitening", SQLDataTypes.MatrixType())
          .add("mean", SQLDataTypes.VectorType());

  private final String uid;
  private final DenseMatrix whitening;
  private final DenseVector mean;
  private final Param<String> inputCol;
  private final Param<String> outputCol;

  EigengradWhiteningModel(String uid, DenseMatrix whitening, DenseVector mean) {
    this.uid = uid;
    this.whitening = whitening;
    this.mean = mean;
    this.inputCol = ColumnParams.newInputCol(uid);
    this.outputCol = ColumnParams.newOutputCol(uid);
    setDefault(inputCol, "features");
    setDefault(outputCol, uid + "__output");
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
   * The matrix.
   *
   * @return W, d×d
   */
  public DenseMatrix whitening() {
    return whitening;
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
  public EigengradWhiteningModel setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the output column.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradWhiteningModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Appends the whitened vectors. A vector of another length fails the task; null stays null.
   *
   * @param data with the input column
   * @return with the output column, vectors of d elements
   * @throws IllegalArgumentException if the input column is missing or not of vectors, or the
   *     output column is there already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> data) {
    transformSchema(data.schema());
    return new AffineMap(whitening.numRows(), mean.toArray(), whitening.toArray())
        .append(data, getInputCol(), getOutputCol());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.appended(schema, getInputCol(), getOutputCol());
  }

  @Override
  public EigengradWhiteningModel copy(ParamMap extra) {
    EigengradWhiteningModel copy = new EigengradWhiteningModel(uid, whitening, mean);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return SavedModel.writer(this, SAVED, RowFactory.create(whitening, mean));
  }

  /**
   * Reads models that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradWhiteningModel> read() {
    return SavedModel.reader(
        EigengradWhiteningModel.class,
        (uid, row) -> new EigengradWhiteningModel(uid, row.getAs(0), row.getAs(1)));
  }

  /**
   * Reads a model.
   *
   * @param path where it has been saved
   * @return the model
   */
  public static EigengradWhiteningModel load(String path) {
    return read().load(path);
  }
}
