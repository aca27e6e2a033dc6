package eigengrad.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.extension.ExtendWith(TestCluster.class)
class EigengradPcaTest {
  @Test
  void fit_x_y(SparkSession session) {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      rows.add(RowFactory.create(Vectors.dense(random.nextGaussian(), 3 * random.nextGaussian(), 2*random.nextGaussian())));
    }
    Dataset<Row> data = session.createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType())).repartition(5);
    EigengradPcaModel ours = new EigengradPca().setK(2).fit(data);
    PCAModel theirs = new PCA().setInputCol("features").setOutputCol("p").setK(2).fit(data);
    System.out.println(ours.pc() + "\n" + theirs.pc() + "\n" + ours.explainedVariance() + "\n" + theirs.explainedVariance());
    ours.transform(data).show(3, false);
    theirs.transform(data).show(3, false);
    assertEquals(1, 1);
  }
}
