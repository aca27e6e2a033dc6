package eigengrad.bench.paper;

import java.util.Locale;

/** What the program can be asked for. */
enum Experiment {
  /** Two eigenvalues driven together. */
  TIE,
  /** ZCA whitening. */
  TABLE1,
  /** Training losses of ZCA whitening at d = 4 and 8. */
  FIGURE1,
  /** PCA denoising. */
  TABLE2,
  /** Training losses of PCA denoising. */
  FIGURE2,
  /** PCA denoising by how much is kept and by the number of power iterations. */
  FIGURE3,
  /** What K terms of the series leave out. */
  SURFACE,
  /** Each gradient against the true one along training. */
  TRUTH,
  /** Each gradient where all eigenvalues nearly tie. */
  WHITE;

  /** The name on a command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
