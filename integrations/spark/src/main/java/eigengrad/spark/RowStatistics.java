package eigengrad.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/**
 * What is computed from the rows of a dataset in one pass: a state for each partition, which rows
 * are added to and which are merged in the end.
 *
 * @param <S> the state; it travels as bytes, so that it need not be serialisable
 */
interface RowStatistics<S> extends Serializable {

  /** A state without rows. */
  S empty();

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if the row is refused, in words that follow its name
   */
  void add(S state, Vector row);

  /** Adds what another state has seen, after what this one has. */
  void merge(S state, S others);

  /** Writes a state. */
  void write(S state, OutputStream target) throws IOException;

  /** Reads what {@link #write} has written. */
  S read(InputStream source) throws IOException;
}
