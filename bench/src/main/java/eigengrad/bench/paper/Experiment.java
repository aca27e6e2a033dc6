package eigengrad.bench.paper;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the program can be asked for, in the order of the report. */
enum Experiment {
  /** Two eigenvalues driven together. */
  TIE,
  /** ZCA whitening. */
  TABLE1,
  /** Training loss of ZCA whitening at d = 4 and 8. */
  FIGURE1,
  /** PCA denoising. */
  TABLE2,
  /** Training loss of PCA denoising. */
  FIGURE2,
  /** PCA denoising by how much is kept and by the number of power iterations. */
  FIGURE3,
  /** The error of the truncated series by the ratio of two eigenvalues and K. */
  SURFACE,
  /** Each gradient against the exact one along training. */
  TRUTH,
  /** Each gradient where all eigenvalues nearly tie. */
  WHITE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Experiment::word).toList();
  }
}
