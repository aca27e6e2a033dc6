package eigengrad.bench.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WorstCaseSearchTest {

  @Test
  void run_fewTrials_findsOneOfEachKindForEachOperation() {
    List<WorstCaseSearch.Found> found = new WorstCaseSearch(20, 3, 1, 0).run();
    int kinds = HostileMatrix.values().length - 1;
    assertEquals(kinds * HostileOperation.values().length, found.size());
    for (WorstCaseSearch.Found one : found) {
      assertTrue(one.matrix() != HostileMatrix.RANDOM && one.ratio() > 0, one::toString);
    }
  }

  @Test
  void anywhere_sameSeed_isTheSame() {
    assertEquals(
        Glue.anywhere(512, new SplittableRandom(3)), Glue.anywhere(512, new SplittableRandom(3)));
  }

  @Test
  void anywhereAndNearby_manyTimes_areMatrices() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 1000; trial++) {
      Glue glue = Glue.anywhere(40, random);
      assertTrue(glue.order() >= 2 && glue.order() <= 20 && glue.coupling() > 0, glue::toString);
      Glue near = glue.nearby(random);
      assertTrue(near.order() >= 2 && near.coupling() > 0, near::toString);
    }
  }

  @Test
  void of_gluedBlocks_repeatTheBlock() {
    Tridiagonal t = HostileMatrix.RAMP.of(new Glue(3, 0.5), 7);
    assertArrayEquals(new double[] {0, 1, 2, 0, 1, 2, 0}, t.d());
    assertArrayEquals(new double[] {1, 1, 0.5, 1, 1, 0.5}, t.e());
  }
}
