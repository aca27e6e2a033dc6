package eigengrad.linalg.internal.support;

/** Work in numbered chunks that are independent of each other. */
@FunctionalInterface
public interface ChunkBody {
  /**
   * Does one chunk.
   *
   * @param chunk which; what it computes may depend on nothing else
   * @param worker who does it, 0 to {@link Crew#size()} − 1, the caller being 0: of several chunks
   *     done at the same time no two have the same worker, so it may choose the scratch memory
   */
  void run(int chunk, int worker);
}
