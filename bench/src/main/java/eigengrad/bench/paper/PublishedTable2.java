package eigengrad.bench.paper;

/**
 * Table 2 as published: PCA denoising in place of the first normalisation of a ResNet-18, CIFAR-10.
 * The paper gives no success rates, but says that every run with SVD failed.
 */
final class PublishedTable2 {
  private PublishedTable2() {}

  static ErrorFigures batchNorm() {
    return errors(4.66, 4.81, 0.19);
  }

  /**
   * The published figures of a method.
   *
   * @return unknown ones for a method that the paper does not have
   */
  static ErrorFigures figures(Method method) {
    return switch (method) {
      case SVD -> new ErrorFigures(Double.NaN, Double.NaN, Double.NaN, 0);
      case PI -> errors(5.05, 5.35, 0.25);
      case OURS -> errors(4.58, 4.63, 0.11);
      case EXACT, PUBLISHED, PUBLISHED_SVD -> ErrorFigures.UNKNOWN;
    };
  }

  private static ErrorFigures errors(double min, double mean, double std) {
    return new ErrorFigures(min, mean, std, Double.NaN);
  }
}
