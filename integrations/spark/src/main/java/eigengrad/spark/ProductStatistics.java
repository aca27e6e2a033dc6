package eigengrad.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Σ (x − m)(x − m)ᵀV over rows x, without the covariance: d·b doubles for each task, 4b flops for
 * each element of a row that is not zero.
 *
 * <p>A sparse row is not centred, but its projection t = xᵀV − mᵀV is; what Σ x tᵀ then has too
 * much is m (Σ t)ᵀ, which is subtracted in the end, and is small because projections sum to almost
 * zero.
 *
 * @param factor V and m, wherever rows are
 */
record ProductStatistics(Broadcast<ProductStatistics.Factor> factor)
    implements RowStatistics<ProductStatistics.Products> {

  /**
   * V and the mean of the rows.
   *
   * @param columns b
   * @param rows V, d×b, row-major
   * @param mean m, d elements
   * @param meanProjection mᵀV, b elements
   */
  record Factor(int columns, double[] rows, double[] mean, double[] meanProjection)
      implements Serializable {

    static Factor of(int columns, double[] columnMajor, double[] mean) {
      int d = mean.length;
      double[] rows = new double[d * columns];
      double[] projection = new double[columns];
      for (int c = 0; c < columns; c++) {
        for (int j = 0; j < d; j++) {
          rows[j * columns + c] = columnMajor[c * d + j];
          projection[c] += mean[j] * columnMajor[c * d + j];
        }
      }
      return new Factor(columns, rows, mean, projection);
    }
  }

  /** Of some rows. */
  static final class Products {
    /** Of dense rows Σ (x − m)tᵀ, of sparse rows Σ x tᵀ; d×b, row-major. */
    final double[] products;

    /** Σ t of the sparse rows. */
    final double[] projections;

    /** Σ (xⱼ − mⱼ)² over the elements that are stored. */
    double squares;

    private final double[] projection;

    Products(int dimension, int columns) {
      this.products = new double[dimension * columns];
      this.projections = new double[columns];
      this.projection = new double[columns];
    }
  }

  @Override
  public Products empty() {
    return new Products(factor.value().mean().length, factor.value().columns());
  }

  @Override
  public void add(Products state, Vector row) {
    Factor v = factor.value();
    double[] t = state.projection;
    if (row instanceof SparseVector sparse) {
      int[] indices = sparse.indices();
      double[] values = sparse.values();
      for (int c = 0; c < t.length; c++) {
        t[c] = -v.meanProjection()[c];
      }
      for (int e = 0; e < values.length; e++) {
        double centred = values[e] - v.mean()[indices[e]];
        state.squares += centred * centred;
        addScaled(values[e], v.rows(), indices[e] * t.length, t, 0, t.length);
      }
      for (int e = 0; e < values.length; e++) {
        addScaled(values[e], t, 0, state.products, indices[e] * t.length, t.length);
      }
      addScaled(1, t, 0, state.projections, 0, t.length);
    } else {
      double[] x = row.toArray();
      Arrays.fill(t, 0);
      for (int j = 0; j < x.length; j++) {
        double centred = x[j] - v.mean()[j];
        state.squares += centred * centred;
        addScaled(centred, v.rows(), j * t.length, t, 0, t.length);
      }
      for (int j = 0; j < x.length; j++) {
        addScaled(x[j] - v.mean()[j], t, 0, state.products, j * t.length, t.length);
      }
    }
  }

  private static void addScaled(
      double factor, double[] x, int xFrom, double[] y, int yFrom, int length) {
    for (int c = 0; c < length; c++) {
      y[yFrom + c] += factor * x[xFrom + c];
    }
  }

  @Override
  public void merge(Products state, Products others) {
    state.squares += others.squares;
    addScaled(1, others.products, 0, state.products, 0, state.products.length);
    addScaled(1, others.projections, 0, state.projections, 0, state.projections.length);
  }

  /** Σ (x − m)(x − m)ᵀV, d×b, column-major. */
  void finish(Products state, double[] y) {
    Factor v = factor.value();
    int d = v.mean().length;
    for (int c = 0; c < v.columns(); c++) {
      for (int j = 0; j < d; j++) {
        y[c * d + j] = state.products[j * v.columns() + c] - v.mean()[j] * state.projections[c];
      }
    }
  }

  @Override
  public void write(Products state, OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.writeDouble(state.squares);
    for (double element : state.products) {
      out.writeDouble(element);
    }
    for (double element : state.projections) {
      out.writeDouble(element);
    }
  }

  @Override
  public Products read(InputStream source) throws IOException {
    DataInputStream in = new DataInputStream(source);
    Products read = empty();
    read.squares = in.readDouble();
    for (int e = 0; e < read.products.length; e++) {
      read.products[e] = in.readDouble();
    }
    for (int c = 0; c < read.projections.length; c++) {
      read.projections[c] = in.readDouble();
    }
    return read;
  }
}
