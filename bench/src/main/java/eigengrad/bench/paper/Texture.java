package eigengrad.bench.paper;

import java.util.random.RandomGenerator;

/** A random grey pattern with values from 0 to 1; which kind of pattern makes the class. */
@FunctionalInterface
interface Texture {

  /** Orientations differ from their class's by at most this angle. */
  double TURN = Math.PI / 9;

  /** The pattern at a point of the image, in pixels. */
  double at(double x, double y);

  /**
   * A pattern of one of ten kinds, with random orientation, phase and scale.
   *
   * @param kind 0 … 9
   * @param random of everything but the kind
   */
  static Texture draw(int kind, RandomGenerator random) {
    double turn = random.nextDouble(-TURN, TURN);
    return switch (kind) {
      case 0 -> wave(random.nextDouble(5, 10), turn, random);
      case 1 -> wave(random.nextDouble(5, 10), Math.PI / 2 + turn, random);
      case 2 -> thresholded(wave(random.nextDouble(6, 12), Math.PI / 4 + turn, random), 0.5);
      case 3 -> thresholded(wave(random.nextDouble(6, 12), -Math.PI / 4 + turn, random), 0.5);
      case 4 -> checks(random.nextDouble(8, 14), turn, random);
      case 5 -> thresholded(plaid(random.nextDouble(6, 10), turn, random), 0.7);
      case 6 -> rings(random.nextDouble(4, 8), random);
      case 7 -> blobs(random.nextInt(4, 9), random);
      case 8 -> noise(random.nextDouble(4, 8), random);
      case 9 -> noise(random.nextDouble(1.5, 3), random);
      default -> throw new IllegalArgumentException("kind: expected 0 to 9, got " + kind);
    };
  }

  /** A plane wave, at an angle with the horizontal. */
  private static Texture wave(double length, double angle, RandomGenerator random) {
    double phase = random.nextDouble(2 * Math.PI);
    double alongX = 2 * Math.PI / length * Math.cos(angle);
    double alongY = 2 * Math.PI / length * Math.sin(angle);
    return (x, y) -> 0.5 + 0.5 * Math.sin(alongX * x + alongY * y + phase);
  }

  /** The mean of two waves at right angles. */
  private static Texture plaid(double length, double angle, RandomGenerator random) {
    Texture one = wave(length, angle, random);
    Texture other = wave(length, angle + Math.PI / 2, random);
    return (x, y) -> 0.5 * (one.at(x, y) + other.at(x, y));
  }

  /** Squares of alternating colour, two a wave. */
  private static Texture checks(double length, double angle, RandomGenerator random) {
    Texture one = wave(length, angle, random);
    Texture other = wave(length, angle + Math.PI / 2, random);
    return (x, y) -> one.at(x, y) > 0.5 == other.at(x, y) > 0.5 ? 1 : 0;
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
