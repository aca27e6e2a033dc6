package eigengrad.bench.hostile;

import static eigengrad.bench.hostile.HostileMatrix.DIFFERENCES;
import static eigengrad.bench.hostile.HostileMatrix.GEOMETRIC;
import static eigengrad.bench.hostile.HostileMatrix.NORMAL;
import static eigengrad.bench.hostile.HostileMatrix.RAMP;
import static eigengrad.bench.hostile.HostileMatrix.WILKINSON;
import static eigengrad.bench.hostile.HostileOperation.DECOMPOSE;
import static eigengrad.bench.hostile.HostileOperation.DENSE;
import static eigengrad.bench.hostile.HostileOperation.LARGEST;
import static eigengrad.bench.hostile.HostileOperation.VALUES;

import java.util.Map;

/** What {@link WorstCaseSearch} found at order 512. */
public final class WorstCases {
  private static final Map<HostileMatrix, Map<HostileOperation, Glue>> FOUND =
      Map.of(
          WILKINSON,
          glues(
              new Glue(7, 0.0315), new Glue(475, 8.66e-9), new Glue(3, 626), new Glue(11, 0.0439)),
          DIFFERENCES,
          glues(
              new Glue(7, 0.0315),
              new Glue(235, 1.31e-11),
              new Glue(7, 7.41e-4),
              new Glue(7, 2.1e-4)),
          RAMP,
          glues(new Glue(3, 15.8), new Glue(242, 3.76e-3), new Glue(3, 348), new Glue(7, 0.0315)),
          GEOMETRIC,
          glues(
              new Glue(7, 1.04e-3),
              new Glue(36, 1.86e-6),
              new Glue(7, 8.35e-3),
              new Glue(7, 8.35e-3)),
          NORMAL,
          glues(
              new Glue(6, 6.97e-3),
              new Glue(229, 3.27e-11),
              new Glue(7, 0.0315),
              new Glue(5, 5.15e-3)));

  private WorstCases() {}

  private static Map<HostileOperation, Glue> glues(
      Glue decompose, Glue values, Glue largest, Glue dense) {
    return Map.of(DECOMPOSE, decompose, VALUES, values, LARGEST, largest, DENSE, dense);
  }

  /**
   * The matrix of a kind that takes an operation longest.
   *
   * @param matrix kind
   * @param operation which
   * @param n order
   * @return the matrix
   */
  public static Tridiagonal of(HostileMatrix matrix, HostileOperation operation, int n) {
    Glue glue = FOUND.getOrDefault(matrix, Map.of()).getOrDefault(operation, Glue.NONE);
    return matrix.of(glue, n);
  }
}
