package eigengrad.simd;

/** How an operand of {@link Gemm} enters the product. */
public enum Transpose {
  /** As stored. */
  NO,
  /** Transposed. */
  YES
}
