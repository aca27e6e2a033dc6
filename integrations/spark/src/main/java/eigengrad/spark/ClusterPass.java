package eigengrad.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * One pass over the rows of a dataset. Every partition streams through a state of its own; the
 * states are merged in a tree, in the order of their partitions, until one is left.
 *
 * <p>Spark's {@code treeAggregate} merges in the order of arrival. Here neither that order nor a
 * task that is repeated changes a bit of the result, as long as partitions and their rows are the
 * same again.
 *
 * @param statistics what is computed
 * @param column what its errors call the column
 * @param depth levels of the tree, ≥ 1
 * @param <S> its state
 */
record ClusterPass<S>(RowStatistics<S> statistics, String column, int depth)
    implements Serializable {
  private static final int STATE = 0;
  private static final int REFUSAL = 1;

  /**
   * Runs it.
   *
   * @param rows of one column, vectors
   * @return the merged state; none if there are no rows
   * @throws IllegalArgumentException for the first row, by partition and position, that is refused
   */
  Optional<S> over(JavaRDD<Row> rows) {
    JavaPairRDD<Integer, byte[]> parts =
        JavaPairRDD.fromJavaRDD(rows.mapPartitionsWithIndex(this::summarize, true));
    int count = rows.getNumPartitions();
    int fanIn = (int) Math.max(2, Math.ceil(Math.pow(count, 1.0 / depth)));
    while (count > 1) {
      count = (count + fanIn - 1) / fanIn;
      parts =
          JavaPairRDD.fromJavaRDD(
              parts
                  .repartitionAndSortWithinPartitions(new AdjacentKeys(fanIn, count))
                  .mapPartitionsWithIndex(this::mergeAll, true));
    }
    List<byte[]> whole = parts.values().collect();
    return whole.isEmpty() ? Optional.empty() : Optional.of(read(whole.get(0)));
  }

  private Iterator<Tuple2<Integer, byte[]>> summarize(Integer partition, Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    S state = statistics.empty();
    for (long position = 0; rows.hasNext(); position++) {
      @Nullable Vector vector = rows.next().getAs(0);
      try {
        if (vector == null) {
          throw new IllegalArgumentException("null is not a vector");
        }
        statistics.add(state, vector);
      } catch (IllegalArgumentException e) {
        String where =
            "column '%s', row %d of partition %d: ".formatted(column, position, partition);
        return only(partition, refusal(where + e.getMessage()));
      }
    }
    return only(partition, encoded(state));
  }

  private Iterator<Tuple2<Integer, byte[]>> mergeAll(
      Integer group, Iterator<Tuple2<Integer, byte[]>> parts) {
    if (!parts.hasNext()) {
      return Collections.emptyIterator();
    }
    byte[] first = parts.next()._2();
    if (!parts.hasNext() || first[0] == REFUSAL) {
      return only(group, first);
    }
    S state = read(first);
    while (parts.hasNext()) {
      byte[] next = parts.next()._2();
      if (next[0] == REFUSAL) {
        return only(group, next);
      }
      statistics.merge(state, read(next));
    }
    return only(group, encoded(state));
  }

  private byte[] encoded(S state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(STATE);
    try {
      statistics.write(state, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] refusal(String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(REFUSAL);
    bytes.writeBytes(message.getBytes(UTF_8));
    return bytes.toByteArray();
  }

  private S read(byte[] part) {
    if (part[0] == REFUSAL) {
      throw new IllegalArgumentException(new String(part, 1, part.length - 1, UTF_8));
    }
    try (InputStream in = new ByteArrayInputStream(part, 1, part.length - 1)) {
      return statistics.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<Tuple2<Integer, byte[]>> only(Integer key, byte[] part) {
    return List.of(new Tuple2<>(key, part)).iterator();
  }
}
