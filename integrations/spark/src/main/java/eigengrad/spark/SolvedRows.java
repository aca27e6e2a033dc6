package eigengrad.spark;

import eigengrad.linalg.BatchFailure;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.FailurePolicy;
import eigengrad.linalg.MatrixBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition, in order, with eigenvalues and eigenvectors appended. As many rows are
 * read ahead as make a batch: adjacent matrices of one order.
 */
final class SolvedRows implements Iterator<InternalRow> {
  private static final int MOST_MATRICES = 1024;
  private static final int MOST_ELEMENTS = 1 << 16;

  private final Iterator<InternalRow> rows;
  private final int matrixAt;
  private final EigenSolver solver;
  private final InvalidRows invalid;
  private final String place;
  private final ArrayDeque<InternalRow> solved = new ArrayDeque<>();
  private @Nullable InternalRow ahead;
  private long position;

  /**
   * Of a partition.
   *
   * @param rows each valid until the next is asked for
   * @param matrixAt column of arrays of doubles
   * @param symmetryTolerance as in {@link EigenOptions}
   * @param invalid what becomes of rows without a solution
   * @param place names the column and the partition in errors
   */
  SolvedRows(
      Iterator<InternalRow> rows,
      int matrixAt,
      double symmetryTolerance,
      InvalidRows invalid,
      String place) {
    this.rows = rows;
    this.matrixAt = matrixAt;
    this.solver =
        new EigenSolver(
            EigenOptions.DEFAULT
                .withSymmetryTolerance(symmetryTolerance)
                .withFailurePolicy(FailurePolicy.LIST));
    this.invalid = invalid;
    this.place = place;
  }

  @Override
  public boolean hasNext() {
    while (solved.isEmpty() && (ahead != null || rows.hasNext())) {
      List<InternalRow> batch = nextBatch();
      int order = order(batch.get(0));
      if (order < 0) {
        batch.forEach(row -> unsolved(row, "a matrix is an array of n² numbers"));
      } else {
        solve(batch, order);
      }
    }
    return !solved.isEmpty();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return solved.remove();
  }

  /** At least one row, all of one order. */
  private List<InternalRow> nextBatch() {
    List<InternalRow> batch = new ArrayList<>();
    InternalRow row = ahead != null ? ahead : rows.next().copy();
    int order = order(row);
    int most =
        Math.min(
            MOST_MATRICES, Math.max(MatrixBatch.LANES, MOST_ELEMENTS / Math.max(1, order * order)));
    ahead = null;
    batch.add(row);
    while (batch.size() < most && rows.hasNext()) {
      row = rows.next().copy();
      if (order(row) != order) {
        ahead = row;
        break;
      }
      batch.add(row);
    }
    return batch;
  }

  /** Negative for what is not a matrix. */
  private int order(InternalRow row) {
    if (row.isNullAt(matrixAt)) {
      return -1;
    }
    ArrayData elements = row.getArray(matrixAt);
    int order = (int) Math.round(Math.sqrt(elements.numElements()));
    return order * order == elements.numElements() && !hasNull(elements) ? order : -1;
  }

  private static boolean hasNull(ArrayData elements) {
    for (int e = 0; e < elements.numElements(); e++) {
      if (elements.isNullAt(e)) {
        return true;
      }
    }
    return false;
  }

  private void solve(List<InternalRow> batch, int order) {
    int elements = order * order;
    double[] columnMajor = new double[batch.size() * elements];
    for (int b = 0; b < batch.size(); b++) {
      double[] matrix = batch.get(b).getArray(matrixAt).toDoubleArray();
      System.arraycopy(matrix, 0, columnMajor, b * elements, elements);
    }
    BatchedEigendecomposition eigen =
        solver.decompose(MatrixBatch.of(batch.size(), order, columnMajor));
    double[] values = eigen.allValues();
    double[] vectors = eigen.vectors().toColumnMajor();
    Iterator<BatchFailure> failures = eigen.failures().iterator();
    @Nullable BatchFailure failure = failures.hasNext() ? failures.next() : null;
    for (int b = 0; b < batch.size(); b++) {
      InternalRow row = batch.get(b);
      if (failure != null && failure.index() == b) {
        unsolved(row, String.valueOf(failure.cause().getMessage()));
        failure = failures.hasNext() ? failures.next() : null;
      } else {
        append(row, part(values, b, order), part(vectors, b, elements));
        position++;
      }
    }
  }

  private static UnsafeArrayData part(double[] all, int b, int length) {
    return UnsafeArrayData.fromPrimitiveArray(
        Arrays.copyOfRange(all, b * length, (b + 1) * length));
  }

  private void unsolved(InternalRow row, String reason) {
    switch (invalid) {
      case ERROR ->
          throw new IllegalArgumentException(
              "%s, row %d: %s; set handleInvalid to skip or keep to go on without it"
                  .formatted(place, position, reason));
      case KEEP -> append(row, null, null);
      case SKIP -> {}
    }
    position++;
  }

  private void append(
      InternalRow row, @Nullable UnsafeArrayData values, @Nullable UnsafeArrayData vectors) {
    solved.add(
        new JoinedRow(row, new GenericInternalRow(new @Nullable Object[] {values, vectors})));
  }
}
