package eigengrad.spark;

import eigengrad.linalg.CovarianceAccumulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.spark.ml.linalg.Vector;

/**
 * Mean and covariance of rows: d² doubles for each task, d² flops for each row, dense or sparse.
 *
 * @param dimension d, of every row
 */
record CovarianceStatistics(int dimension) implements RowStatistics<CovarianceAccumulator> {

  @Override
  public CovarianceAccumulator empty() {
    return new CovarianceAccumulator(dimension);
  }

  @Override
  public void add(CovarianceAccumulator state, Vector row) {
    state.add(row.toArray());
  }

  @Override
  public void merge(CovarianceAccumulator state, CovarianceAccumulator others) {
    state.merge(others);
  }

  @Override
  public void write(CovarianceAccumulator state, OutputStream target) throws IOException {
    state.save(target);
  }

  @Override
  public CovarianceAccumulator read(InputStream source) throws IOException {
    return CovarianceAccumulator.read(source);
  }
}
