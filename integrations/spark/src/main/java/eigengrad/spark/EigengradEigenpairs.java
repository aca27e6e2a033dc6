package eigengrad.spark;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Eigenvalues and eigenvectors of many small symmetric matrices, one in each row: a covariance for
 * each key, a tensor for each voxel.
 *
 * <p>A matrix is an array of n² numbers, column by column or row by row; n may differ from row to
 * row. Eigenvalues come out as an array of n doubles, ascending; eigenvectors as an array of n²,
 * that of the j-th value from j·n on, of norm 1, the largest component positive.
 *
 * <p>Rows of a partition are taken some hundreds at a time, and adjacent matrices of one order are
 * solved together, eight of them in each SIMD instruction, which a user-defined function that sees
 * one row cannot do. Memory for a batch: about 2 MB, or eight matrices.
 *
 * <p>For data that lie still, not for streams. Matrices must be symmetric to 1e-10 of their largest
 * element, of {@code float}s to 1e-6.
 */
public final class EigengradEigenpairs extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final double TOLERANCE = 1e-10;
  private static final double TOLERANCE_OF_FLOATS = 1e-6;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> valuesCol;
  private final Param<String> vectorsCol;
  private final Param<String> handleInvalid;

  /** A transformer with a random uid. */
  public EigengradEigenpairs() {
    this(Identifiable.randomUID("eigengradEigenpairs"));
  }

  /**
   * A transformer.
   *
   * @param uid what it is called in a pipeline
   */
  public EigengradEigenpairs(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(uid, "inputCol", "input column of symmetric matrices");
    this.valuesCol = new Param<>(uid, "valuesCol", "output column of eigenvalues");
    this.vectorsCol = new Param<>(uid, "vectorsCol", "output column of eigenvectors");
    this.handleInvalid =
        new Param<>(
            uid,
            "handleInvalid",
            "what becomes of rows without a solution: error, skip or keep (nulls come out)",
            ParamValidators.inArray(InvalidRows.names()));
    setDefault(inputCol, "matrix");
    setDefault(valuesCol, "eigenvalues");
    setDefault(vectorsCol, "eigenvectors");
    setDefault(handleInvalid, InvalidRows.ERROR.toString());
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Param for the name of the column of matrices, "matrix" by default.
   *
   * @return the param
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /**
   * Param for the name of the column of eigenvalues, "eigenvalues" by default.
   *
   * @return the param
   */
  public Param<String> valuesCol() {
    return valuesCol;
  }

  /**
   * Param for the name of the column of eigenvectors, "eigenvectors" by default.
   *
   * @return the param
   */
  public Param<String> vectorsCol() {
    return vectorsCol;
  }

  /**
   * Param for what becomes of rows that are null, not square, not finite or not symmetric: {@code
   * error} fails the task and names the row, which is the default; {@code skip} drops the row;
   * {@code keep} puts nulls.
   *
   * @return the param
   */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /**
   * The name of the column of matrices.
   *
   * @return as set, or the default
   */
  public String getInputCol() {
    return getOrDefault(inputCol);
  }

  /**
   * The name of the column of eigenvalues.
   *
   * @return as set, or the default
   */
  public String getValuesCol() {
    return getOrDefault(valuesCol);
  }

  /**
   * The name of the column of eigenvectors.
   *
   * @return as set, or the default
   */
  public String getVectorsCol() {
    return getOrDefault(vectorsCol);
  }

  /**
   * What becomes of rows without a solution.
   *
   * @return as set, or the default
   */
  public String getHandleInvalid() {
    return getOrDefault(handleInvalid);
  }

  /**
   * Sets the name of the column of matrices.
   *
   * @param value of arrays of numbers
   * @return this
   */
  public EigengradEigenpairs setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the column of eigenvalues.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradEigenpairs setValuesCol(String value) {
    set(valuesCol, value);
    return this;
  }

  /**
   * Sets the name of the column of eigenvectors.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradEigenpairs setVectorsCol(String value) {
    set(vectorsCol, value);
    return this;
  }

  /**
   * Sets what becomes of rows without a solution.
   *
   * @param value {@code error}, {@code skip} or {@code keep}
   * @return this
   */
  public EigengradEigenpairs setHandleInvalid(String value) {
    set(handleInvalid, value);
    return this;
  }

  /**
   * Appends eigenvalues and eigenvectors. A row that is not solved fails the task unless {@code
   * handleInvalid} says otherwise.
   *
   * @param data with the input column
   * @return with the two output columns
   * @throws IllegalArgumentException if the input column is missing or not of arrays of numbers, or
   *     an output column is there already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> data) {
    StructType schema = data.schema();
    transformSchema(schema);
    InvalidRows invalid = InvalidRows.named(getHandleInvalid());
    boolean floats = elementType(schema).equals(DataTypes.FloatType);
    String column = getInputCol();
    int matrixAt = schema.length();
    Dataset<Row> matrices = data.select(col("*"), data.col(column).cast("array<double>").as(uid));
    // Spark's own format: a typed dataset would box every element of every matrix.
    JavaRDD<InternalRow> solved =
        matrices
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, rows) -> {
                  String place = "column '%s', partition %d".formatted(column, partition);
                  double tolerance = floats ? TOLERANCE_OF_FLOATS : TOLERANCE;
                  return new SolvedRows(rows, matrixAt, tolerance, invalid, place);
                },
                true);
    SparkSession session = (SparkSession) data.sparkSession();
    return session
        .internalCreateDataFrame(solved.rdd(), withPairs(matrices.schema()), false)
        .drop(uid);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!(elementType(schema) instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column '%s' must hold arrays of numbers, got %s"
              .formatted(
                  getInputCol(),
                  SchemaChecks.field(schema, getInputCol()).dataType().catalogString()));
    }
    return withPairs(schema);
  }

  private StructType withPairs(StructType schema) {
    return SchemaChecks.appended(
        SchemaChecks.appended(schema, getValuesCol(), DOUBLES), getVectorsCol(), DOUBLES);
  }

  private DataType elementType(StructType schema) {
    DataType type = SchemaChecks.field(schema, getInputCol()).dataType();
    return type instanceof ArrayType array ? array.elementType() : DataTypes.NullType;
  }

  @Override
  public EigengradEigenpairs copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Reads transformers that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradEigenpairs> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a transformer.
   *
   * @param path where it has been saved
   * @return the transformer
   */
  public static EigengradEigenpairs load(String path) {
    return read().load(path);
  }
}
