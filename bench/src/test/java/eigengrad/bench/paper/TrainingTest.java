package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrainingTest {
  @Test
  void run_textures_learns() {
    long t0 = System.nanoTime();
    ImageSets data = TextureImages.generate(1);
    System.out.println("data ms " + (System.nanoTime() - t0) / 1e6);
    for (double lr : new double[] {0.1, 0.4}) {
      RunSettings settings = new RunSettings(Method.OURS, 4, 1, 120, 64, lr, Precision.FLOAT64);
      RunResult r = new Training(data, BatchNormalization.factory()).run(settings, (s, i, l) -> {});
      System.out.println(lr + " " + r.errorPercent() + " " + r.seconds() + " " + r.failure());
      double[] l = r.losses();
      System.out.println(
          l[0] + " " + l[5] + " " + l[10] + " " + l[20] + " " + l[40] + " " + l[80] + " " + l[119]);
    }
    assertTrue(data.test().count() == 500);
  }
}
