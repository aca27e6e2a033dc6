package eigengrad.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Number and sum of rows: 2d doubles for each task, an addition for each element that is not zero.
 *
 * @param dimension d, of every row
 */
record SumStatistics(int dimension) implements RowStatistics<SumStatistics.Sum> {

  /** Of some rows. */
  static final class Sum {
    long count;
    final double[] elements;

    /** How many rows have each element; in the others it is a zero that is not stored. */
    final long[] stored;

    Sum(int dimension) {
      this.elements = new double[dimension];
      this.stored = new long[dimension];
    }
  }

  @Override
  public Sum empty() {
    return new Sum(dimension);
  }

  @Override
  public void add(Sum state, Vector row) {
    if (row.size() != dimension) {
      throw new IllegalArgumentException(
          "sample must have %d elements, got %d".formatted(dimension, row.size()));
    }
    @Nullable SparseVector sparse = row instanceof SparseVector given ? given : null;
    double[] values = sparse == null ? row.toArray() : sparse.values();
    for (int e = 0; e < values.length; e++) {
      int j = sparse == null ? e : sparse.indices()[e];
      if (!Double.isFinite(values[e])) {
        throw new IllegalArgumentException(
            "sample must be finite, got %s at index %d".formatted(values[e], j));
      }
    }
    for (int e = 0; e < values.length; e++) {
      int j = sparse == null ? e : sparse.indices()[e];
      state.elements[j] += values[e];
      state.stored[j]++;
    }
    state.count++;
  }

  @Override
  public void merge(Sum state, Sum others) {
    state.count += others.count;
    for (int j = 0; j < dimension; j++) {
      state.elements[j] += others.elements[j];
      state.stored[j] += others.stored[j];
    }
  }

  @Override
  public void write(Sum state, OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.writeLong(state.count);
    for (int j = 0; j < dimension; j++) {
      out.writeDouble(state.elements[j]);
      out.writeLong(state.stored[j]);
    }
  }

  @Override
  public Sum read(InputStream source) throws IOException {
    DataInputStream in = new DataInputStream(source);
    Sum sum = new Sum(dimension);
    sum.count = in.readLong();
    for (int j = 0; j < dimension; j++) {
      sum.elements[j] = in.readDouble();
      sum.stored[j] = in.readLong();
    }
    return sum;
  }
}
