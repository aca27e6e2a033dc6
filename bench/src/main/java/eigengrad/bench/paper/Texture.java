package eigengrad.bench.paper;

import java.util.random.RandomGenerator;

/** A random grey pattern with values from 0 to 1; which kind of pattern makes the class. */
@FunctionalInterface
interface Texture {

  /** The pattern at a point of the image, in pixels. */
  double at(double x, double y);

  /**
   * A pattern of one of ten kinds, with random orientation, phase and scale.
   *
   * @param kind 0 … 9
   * @param random of everything but the kind
   */
  static Texture draw(int kind, RandomGenerator random) {
    return switch (kind) {
      case 0 -> grating(random.nextDouble(8, 14), random);
      case 1 -> grating(random.nextDouble(3.5, 6.5), random);
      case 2 -> thresholded(grating(random.nextDouble(6, 12), random), 0.5);
      case 3 -> checks(random.nextDouble(8, 14), random);
      case 4 -> plaid(random.nextDouble(6, 11), random);
      case 5 -> blobs(random.nextInt(5, 10), random);
      case 6 -> rings(random.nextDouble(5, 9), random);
      case 7 -> noise(random.nextDouble(5, 9), random);
      case 8 -> noise(random.nextDouble(2, 4), random);
      case 9 -> thresholded(plaid(random.nextDouble(6, 11), random), 0.7);
      default -> throw new IllegalArgumentException("kind: expected 0 to 9, got " + kind);
    };
  }

  /** A plane wave of the given length. */
  private static Texture grating(double wavelength, RandomGenerator random) {
    double angle = random.nextDouble(Math.PI);
    double phase = random.nextDouble(2 * Math.PI);
    double alongX = 2 * Math.PI / wavelength * Math.cos(angle);
    double alongY = 2 * Math.PI / wavelength * Math.sin(angle);
    return (x, y) -> 0.5 + 0.5 * Math.sin(alongX * x + alongY * y + phase);
  }

  /** The mean of two waves at right angles. */
  private static Texture plaid(double wavelength, RandomGenerator random) {
    double angle = random.nextDouble(Math.PI);
    double phaseX = random.nextDouble(2 * Math.PI);
    double phaseY = random.nextDouble(2 * Math.PI);
    double cos = 2 * Math.PI / wavelength * Math.cos(angle);
    double sin = 2 * Math.PI / wavelength * Math.sin(angle);
    return (x, y) ->
        0.5
            + 0.25 * Math.sin(cos * x + sin * y + phaseX)
            + 0.25 * Math.sin(cos * y - sin * x + phaseY);
  }

  /** Squares of alternating colour, two a wavelength. */
  private static Texture checks(double wavelength, RandomGenerator random) {
    Texture one = grating(wavelength, random);
    double turn = random.nextDouble(ImageSet.SIDE);
    return (x, y) -> (one.at(x, y) > 0.5) == (one.at(turn - y, x) > 0.5) ? 1 : 0;
  }

  /** Round spots at random places. */
  private static Texture blobs(int count, RandomGenerator random) {
    double[] centreX = random.doubles(count, 0, ImageSet.SIDE).toArray();
    double[] centreY = random.doubles(count, 0, ImageSet.SIDE).toArray();
    double[] radius = random.doubles(count, 2, 4.5).toArray();
    return (x, y) -> {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        double dx = x - centreX[i];
        double dy = y - centreY[i];
        sum += Math.exp(-(dx * dx + dy * dy) / (radius[i] * radius[i]));
      }
      return Math.min(1, sum);
    };
  }

  /** Circles around a random centre. */
  private static Texture rings(double wavelength, RandomGenerator random) {
    double centreX = random.nextDouble(ImageSet.SIDE);
    double centreY = random.nextDouble(ImageSet.SIDE);
    double phase = random.nextDouble(2 * Math.PI);
    double frequency = 2 * Math.PI / wavelength;
    return (x, y) -> 0.5 + 0.5 * Math.sin(frequency * Math.hypot(x - centreX, y - centreY) + phase);
  }

  /** Independent values at lattice points, interpolated between them. */
  private static Texture noise(double pitch, RandomGenerator random) {
    int side = (int) (ImageSet.SIDE / pitch) + 3;
    double[] lattice = random.doubles((long) side * side).toArray();
    double shiftX = random.nextDouble();
    double shiftY = random.nextDouble();
    return (x, y) -> {
      double u = x / pitch + shiftX;
      double v = y / pitch + shiftY;
      int i = (int) u;
      int j = (int) v;
      int corner = i + side * j;
      double upper = mix(lattice[corner], lattice[corner + 1], u - i);
      double lower = mix(lattice[corner + side], lattice[corner + side + 1], u - i);
      return mix(upper, lower, v - j);
    };
  }

  private static Texture thresholded(Texture texture, double threshold) {
    return (x, y) -> texture.at(x, y) > threshold ? 1 : 0;
  }

  private static double mix(double from, double to, double share) {
    return from + share * (to - from);
  }
}
