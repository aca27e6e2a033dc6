package eigengrad.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import scala.collection.Seq;

/**
 * The figures of {@code doc/scale.md}: {@code covariance}, {@code pca}, {@code wide}, {@code
 * executors} or {@code batches}, and the numbers that belong to it. See there for the command.
 */
final class Measurements {
  private static final int REPETITIONS = 3;
  private static final long WARM_NANOS = 20_000_000_000L;

  private Measurements() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "covariance" -> {
        try (SparkSession session = local()) {
          covariance(session, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
      }
      case "pca" -> {
        try (SparkSession session = local()) {
          pca(session, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
      }
      case "wide" -> {
        try (SparkSession session = local()) {
          wide(session, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
      }
      case "batches" -> {
        try (SparkSession session = local()) {
          for (int a = 1; a + 1 < arguments.length; a += 2) {
            batches(session, Integer.parseInt(arguments[a]), Integer.parseInt(arguments[a + 1]));
          }
        }
      }
      case "executors" ->
          executors(
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static SparkSession local() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private static Dataset<Row> rows(SparkSession session, int rows, int dimension, int partitions) {
    return TestRows.of(session, rows, partitions, id -> uniform(id, dimension));
  }

  /** Cheap to make, so that it is not what is measured. */
  private static Vector uniform(long id, int dimension) {
    double[] x = new double[dimension];
    long state = id * 0x9E3779B97F4A7C15L + 1;
    for (int j = 0; j < dimension; j++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      x[j] = state * 0x1p-63;
    }
    return org.apache.spark.ml.linalg.Vectors.dense(x);
  }

  /** One core, rows as objects in memory. */
  private static void covariance(SparkSession session, int rows, int dimension) {
    JavaRDD<Row> ours = rows(session, rows, dimension, 2).select("features").toJavaRDD().cache();
    JavaRDD<org.apache.spark.mllib.linalg.Vector> theirs =
        ours.map(row -> Vectors.fromML(row.getAs(0)));
    theirs.cache();
    theirs.count();
    double own =
        seconds(
            () ->
                new ClusterPass<>(new CovarianceStatistics(dimension), "features", 2)
                    .over(ours)
                    .orElseThrow()
                    .sampleCovariance());
    double sparks = seconds(() -> new RowMatrix(theirs.rdd()).computeCovariance());
    System.out.printf(
        Locale.ROOT,
        "covariance d=%d: rows/s/core ours %.0f, RowMatrix %.0f, ratio %.1f%n",
        dimension,
        rows / own,
        rows / sparks,
        sparks / own);
  }

  private static void pca(SparkSession session, int rows, int dimension) {
    Dataset<Row> data = rows(session, rows, dimension, 2).cache();
    data.count();
    EigengradPca ours = new EigengradPca().setK(10);
    PCA theirs = new PCA().setInputCol("features").setOutputCol("p").setK(10);
    double own = seconds(() -> ours.fit(data));
    System.out.printf(Locale.ROOT, "pca d=%d, %d rows, k=10: ours %.2f s%n", dimension, rows, own);
    double sparks = seconds(() -> theirs.fit(data));
    System.out.printf(
        Locale.ROOT,
        "pca d=%d, %d rows, k=10: Spark's %.2f s, ratio %.1f%n",
        dimension,
        rows,
        sparks,
        sparks / own);
  }

  /** More elements than a covariance has room for: Spark's PCA would need 10 GB at 50,000. */
  private static void wide(SparkSession session, int rows, int dimension) {
    Dataset<Row> data =
        TestRows.of(session, rows, 2, id -> ofFactors(id, dimension)).select("features").cache();
    data.count();
    double own = seconds(() -> new EigengradPca().setK(10).fit(data));
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "pca d=%d, %d rows, k=10: %.2f s, a heap of %d MB of at most %d%n",
        dimension,
        rows,
        own,
        runtime.totalMemory() >> 20,
        runtime.maxMemory() >> 20);
  }

  /** Twenty factors of decaying weight, each on elements of its own, and noise. */
  private static Vector ofFactors(long id, int dimension) {
    double[] x = uniform(id, dimension).toArray();
    double[] factors = uniform(~id, 20).toArray();
    for (int j = 0; j < dimension; j++) {
      x[j] += 20 * factors[j % 20] / (1 + j % 20);
    }
    return org.apache.spark.ml.linalg.Vectors.dense(x);
  }

  /** The same eight partitions on a cluster of that many executors. */
  private static void executors(int executors, int rows, int dimension) throws IOException {
    try (SparkSession session = TestCluster.start(executors)) {
      AtomicLong shuffled = new AtomicLong();
      session
          .sparkContext()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd task) {
                  shuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
                }
              });
      Dataset<Row> data = rows(session, rows, dimension, 8);
      EigengradPca pca = new EigengradPca().setK(10);
      double own =
          seconds(
              () -> {
                shuffled.set(0);
                pca.fit(data);
              });
      System.out.printf(
          Locale.ROOT,
          "pca d=%d, %d rows, %d executors: %.2f s, %.2f MB shuffled%n",
          dimension,
          rows,
          executors,
          own,
          shuffled.get() / 1e6);
    }
  }

  private static void batches(SparkSession session, int rows, int order) {
    Dataset<Row> data =
        session
            .range(0, rows, 1, 2)
            .toDF()
            .withColumn(
                "matrix",
                udf(
                        (UDF1<Long, double[]>) id -> symmetric(id, order),
                        DataTypes.createArrayType(DataTypes.DoubleType, false))
                    .apply(col("id")))
            .cache();
    data.count();
    StructType pairs =
        new StructType()
            .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add("vectors", DataTypes.createArrayType(DataTypes.DoubleType, false));
    UserDefinedFunction ejml = udf(new EjmlFunction(order), pairs);
    double own = seconds(() -> discard(new EigengradEigenpairs().transform(data)));
    double theirs =
        seconds(
            () ->
                discard(
                    data.withColumn("pairs", ejml.apply(col("matrix")))
                        .select("id", "matrix", "pairs.values", "pairs.vectors")));
    double passing = seconds(() -> discard(data));
    System.out.printf(
        Locale.ROOT,
        "batches n=%d: rows/s/core ours %.0f, EJML in a UDF %.0f, ratio %.1f (nothing: %.0f)%n",
        order,
        rows / own,
        rows / theirs,
        theirs / own,
        rows / passing);
    data.unpersist();
  }

  private static void discard(Dataset<Row> data) {
    data.write().format("noop").mode("overwrite").save();
  }

  private static double[] symmetric(long id, int order) {
    double[] x = uniform(id, order * order).toArray();
    for (int j = 0; j < order; j++) {
      for (int i = 0; i < j; i++) {
        x[i + j * order] = x[j + i * order];
      }
    }
    return x;
  }

  /** What is written where one row is all that is seen; its solver is kept. */
  private static final class EjmlFunction implements UDF1<Seq<Double>, Row>, Serializable {
    private static final long serialVersionUID = 1;
    private static final ThreadLocal<EigenDecomposition_F64<DMatrixRMaj>> SOLVER =
        new ThreadLocal<>();

    private final int order;

    EjmlFunction(int order) {
      this.order = order;
    }

    @Override
    public Row call(Seq<Double> elements) {
      EigenDecomposition_F64<DMatrixRMaj> eigen = SOLVER.get();
      if (eigen == null) {
        eigen = DecompositionFactory_DDRM.eig(order, true, true);
        SOLVER.set(eigen);
      }
      DMatrixRMaj matrix = new DMatrixRMaj(order, order);
      for (int e = 0; e < order * order; e++) {
        matrix.data[e] = elements.apply(e);
      }
      if (!eigen.decompose(matrix)) {
        throw new ArithmeticException("no convergence");
      }
      double[] values = new double[order];
      double[] vectors = new double[order * order];
      for (int j = 0; j < order; j++) {
        values[j] = eigen.getEigenvalue(j).getReal();
        System.arraycopy(eigen.getEigenVector(j).data, 0, vectors, j * order, order);
      }
      return RowFactory.create(values, vectors);
    }
  }

  /** The shortest time of some, when the compiler has had time. */
  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    double shortest = Double.POSITIVE_INFINITY;
    for (int r = 0; r < REPETITIONS || System.nanoTime() - begin < WARM_NANOS; r++) {
      long start = System.nanoTime();
      work.run();
      shortest = Math.min(shortest, (System.nanoTime() - start) * 1e-9);
    }
    return shortest;
  }
}
