package eigengrad.spark;

import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Models as Spark saves its own: params in {@code metadata}, one row of Parquet in {@code data}.
 */
final class SavedModel {
  private SavedModel() {}

  static MLWriter writer(Model<?> model, StructType schema, Row row) {
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(model, path, sparkSession());
        sparkSession().createDataFrame(List.of(row), schema).write().parquet(path + "/data");
      }
    };
  }

  /** Builds a model without params. */
  interface Factory<M> {
    M create(String uid, Row row);
  }

  static <M extends Model<M>> MLReader<M> reader(Class<M> type, Factory<M> factory) {
    return new MLReader<M>() {
      @Override
      public M load(String path) {
        DefaultParamsReader.Metadata metadata =
            DefaultParamsReader.loadMetadata(path, sparkSession(), type.getName());
        Row row = sparkSession().read().parquet(path + "/data").head();
        M model = factory.create(metadata.uid(), row);
        metadata.getAndSetParams(model, Option.empty());
        return model;
      }
    };
  }
}
