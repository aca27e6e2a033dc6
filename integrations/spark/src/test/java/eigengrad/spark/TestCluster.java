package eigengrad.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the session of a cluster: a master and two workers in this JVM, with one executor
 * each, in JVMs of their own. It is started once and stopped after the last test.
 */
final class TestCluster implements ParameterResolver {
  private static final String EXECUTOR_CLASS_PATH = System.getProperty("java.class.path");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(TestCluster.class))
        .getOrComputeIfAbsent(Running.class, key -> new Running(start(2)), Running.class)
        .session();
  }

  private record Running(SparkSession session) implements AutoCloseable {
    @Override
    public void close() {
      session.stop();
    }
  }

  /** A cluster of that many executors. */
  static SparkSession start(int executors) {
    try {
      // Spark looks for its jars there; these are on the class path.
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SparkSession.builder()
        .master("local-cluster[%d,1,1024]".formatted(executors))
        .appName("eigengrad tests")
        .config("spark.executor.extraClassPath", EXECUTOR_CLASS_PATH)
        .config("spark.executor.memory", "512m")
        // One core each, for the collector and the compiler as well.
        .config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1")
        .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", "target/spark-home/warehouse")
        .getOrCreate();
  }
}
