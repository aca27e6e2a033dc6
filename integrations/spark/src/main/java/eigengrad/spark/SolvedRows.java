package eigengrad.spark;

import eigengrad.linalg.BatchFailure;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.Tuple4;

/**
 * The rows of a partition with the solutions of their matrices, in order. As many rows are read
 * ahead as make a batch: adjacent matrices of one order.
 */
final class SolvedRows implements Iterator<Tuple4<Row, double[], double[], double[]>> {
  private static final int MOST_MATRICES = 1024;
  private static final int MOST_ELEMENTS = 1 << 16;

  private final Iterator<Tuple2<Row, double[]>> rows;
  private final EigenSolver solver;
  private final InvalidRows invalid;
  private final String place;
  private final ArrayDeque<Tuple4<Row, double[], double[], double[]>> solved = new ArrayDeque<>();
  private @Nullable Tuple2<Row, double[]> ahead;
  private long position;

  /**
   * Of a partition.
   *
   * @param rows other columns and matrix
   * @param options with failures listed
   * @param invalid what becomes of rows without a solution
   * @param place names the column and the partition in errors
   */
  SolvedRows(
      Iterator<Tuple2<Row, double[]>> rows,
      EigenOptions options,
      InvalidRows invalid,
      String place) {
    this.rows = rows;
    this.solver = new EigenSolver(options);
    this.invalid = invalid;
    this.place = place;
  }

  @Override
  public boolean hasNext() {
    while (solved.isEmpty() && (ahead != null || rows.hasNext())) {
      solveNextBatch();
    }
    return !solved.isEmpty();
  }

  @Override
  public Tuple4<Row, double[], double[], double[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return solved.remove();
  }

  private void solveNextBatch() {
    List<Tuple2<Row, double[]>> batch = new ArrayList<>();
    int elements = -1;
    while (ahead != null || rows.hasNext()) {
      Tuple2<Row, double[]> row = ahead != null ? ahead : rows.next();
      int length = row._2() == null ? -1 : row._2().length;
      if (!batch.isEmpty() && (length != elements || batch.size() == most(elements))) {
        ahead = row;
        break;
      }
      ahead = null;
      elements = length;
      batch.add(row);
    }
    int order = (int) Math.round(Math.sqrt(Math.max(0, elements)));
    if (elements < 0 || order * order != elements) {
      String what = elements < 0 ? "null" : elements + " elements";
      batch.forEach(row -> unsolved(row, what + ", where a matrix has n² elements"));
    } else {
      solve(batch, order);
    }
  }

  private static int most(int elements) {
    return Math.min(
        MOST_MATRICES, Math.max(MatrixBatch.LANES, MOST_ELEMENTS / Math.max(1, elements)));
  }

  private void solve(List<Tuple2<Row, double[]>> batch, int order) {
    int elements = order * order;
    double[] columnMajor = new double[batch.size() * elements];
    for (int b = 0; b < batch.size(); b++) {
      System.arraycopy(batch.get(b)._2(), 0, columnMajor, b * elements, elements);
    }
    BatchedEigendecomposition eigen =
        solver.decompose(MatrixBatch.of(batch.size(), order, columnMajor));
    double[] values = eigen.allValues();
    double[] vectors = eigen.vectors().toColumnMajor();
    Iterator<BatchFailure> failures = eigen.failures().iterator();
    @Nullable BatchFailure failure = failures.hasNext() ? failures.next() : null;
    for (int b = 0; b < batch.size(); b++) {
      Tuple2<Row, double[]> row = batch.get(b);
      if (failure != null && failure.index() == b) {
        unsolved(row, String.valueOf(failure.cause().getMessage()));
        failure = failures.hasNext() ? failures.next() : null;
      } else {
        position++;
        solved.add(
            new Tuple4<>(
                row._1(),
                row._2(),
                Arrays.copyOfRange(values, b * order, (b + 1) * order),
                Arrays.copyOfRange(vectors, b * elements, (b + 1) * elements)));
      }
    }
  }

  @SuppressWarnings("NullAway") // null becomes the null of SQL
  private void unsolved(Tuple2<Row, double[]> row, String reason) {
    switch (invalid) {
      case ERROR ->
          throw new IllegalArgumentException(
              "%s, row %d: %s; set handleInvalid to skip or keep to go on without it"
                  .formatted(place, position, reason));
      case KEEP -> solved.add(new Tuple4<>(row._1(), row._2(), null, null));
      case SKIP -> {}
    }
    position++;
  }
}
