package eigengrad.linalg.sturm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.parallel.Crew;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Sweeps are bounded when few of the eigenvalues are wanted, too. */
class EigenvalueSearchTest {
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

  @Test
  void find_fewSeparatedValuesAnywhere_takesFewSweeps() {
    int n = 1000;
    double[] d = random.doubles(n, -1, 1).toArray();
    double[] e = random.doubles(n - 1, -1, 1).toArray();
    for (int k : new int[] {1, 2, 10}) {
      for (int first : new int[] {0, 1, 300, 500, n - k - 1, n - k}) {
        assertEquals(0, unfinished(d, e, first, first + k, 32), k + " values from " + first);
      }
    }
  }

  @Test
  void find_oneValueOfACluster_takesNoMoreThanASweepABit() {
    int n = 300;
    double[] d = new double[n];
    Arrays.fill(d, 1);
    d[0] = -1;
    double[] e = random.doubles(n - 1, 1e-10, 1e-9).toArray();
    for (int first : new int[] {0, 1, 150, n - 2, n - 1}) {
      assertEquals(0, unfinished(d, e, first, first + 1, 80), "value " + first);
    }
  }

  private static int unfinished(double[] d, double[] e, int first, int end, int maxSweeps) {
    double[] values = new double[end - first];
    return new EigenvalueSearch()
        .find(d.length, d, 0, e, 0, first, end, maxSweeps, Crew.alone(), values);
  }
}
