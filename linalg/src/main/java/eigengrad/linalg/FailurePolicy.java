package eigengrad.linalg;

/** What happens when some matrices of a batch cannot be solved. */
public enum FailurePolicy {
  /** The exception of the first of them, by its index, is thrown and the rest is dropped. */
  THROW,

  /** All others are solved; these are listed by {@link BatchedEigendecomposition#failures()}. */
  LIST
}
