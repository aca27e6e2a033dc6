package eigengrad.spark;

import org.apache.spark.Partitioner;

/** Brings {@code fanIn} adjacent keys together. */
final class AdjacentKeys extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int fanIn;
  private final int partitions;

  AdjacentKeys(int fanIn, int partitions) {
    this.fanIn = fanIn;
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key / fanIn;
  }
}
