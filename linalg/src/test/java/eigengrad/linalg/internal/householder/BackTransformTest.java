package eigengrad.linalg.internal.householder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.internal.support.Crew;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panels and blocks of reflectors against one reflector after the other. */
class BackTransformTest {
  /** Beside Z, which must stay. */
  private static final double UNTOUCHED = 7;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({
    "40, 39, 1, 17",
    "383, 50, 0, 64",
    "384, 1, 0, 64",
    "384, 12, 1, 63",
    "384, 47, 0, 65",
    "385, 61, 1, 80",
    "391, 391, 0, 64",
    "391, 390, 1, 64"
  })
  void apply_randomReflectors_equalsOneAfterTheOther(int rows, int count, int shift, int columns) {
    Reflectors reflectors = random(rows, count, shift);
    int ld = rows + 3;
    double[] z = random.doubles((long) ld * columns, -1, 1).toArray();
    for (int j = 0; j < columns; j++) {
      z[j * ld + rows] = UNTOUCHED;
    }
    double[] expected = z.clone();
    for (int i = count - 1; i >= 0; i--) {
      for (int j = 0; j < columns; j++) {
        applyOne(reflectors, i, expected, j * ld);
      }
    }
    BackTransform transform = new BackTransform(reflectors);
    transform.apply(z.clone(), ld, columns, Crew.alone());
    transform.apply(z, ld, columns, Crew.alone());
    assertArrayEquals(expected, z, 1e-12);
    assertEquals(UNTOUCHED, z[(columns - 1) * ld + rows]);
  }

  /** What is stored above a reflector is arbitrary, and so it is here. */
  private Reflectors random(int rows, int count, int shift) {
    Reflectors reflectors = new Reflectors(shift);
    reflectors.resize(rows, count);
    double[] vectors = reflectors.vectors();
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = random.nextDouble(-1, 1);
    }
    for (int i = 0; i < count; i++) {
      double square = 0;
      for (int row = reflectors.top(i); row < rows; row++) {
        double element = vectors[reflectors.start(i) + row - reflectors.top(i)];
        square += element * element;
      }
      reflectors.setTau(i, i % 10 == 3 ? 0 : 2 / square);
    }
    return reflectors;
  }

  private static void applyOne(Reflectors reflectors, int i, double[] z, int column) {
    double[] v = reflectors.vectors();
    int start = reflectors.start(i);
    int top = column + reflectors.top(i);
    int length = reflectors.rows() - reflectors.top(i);
    double product = 0;
    for (int row = 0; row < length; row++) {
      product += v[start + row] * z[top + row];
    }
    for (int row = 0; row < length; row++) {
      z[top + row] -= reflectors.tau(i) * product * v[start + row];
    }
  }
}
