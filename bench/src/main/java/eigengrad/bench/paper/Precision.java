package eigengrad.bench.paper;

/**
 * In which precision the decomposition and its gradient are held; all other arithmetic is double.
 */
public enum Precision {
  /** As computed. */
  FLOAT64,
  /** Rounded to float32 wherever the paper's code holds them in float32. */
  FLOAT32
}
