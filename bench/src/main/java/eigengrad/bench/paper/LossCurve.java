package eigengrad.bench.paper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The training losses of a run, thinned: a point is the mean of a few steps in a row, so that a run
 * of any length leaves a few hundred numbers. A loss that is not finite ends the curve and is not
 * part of it.
 *
 * @param stepsPerPoint steps that a point stands for; the last may stand for fewer
 * @param steps steps with a finite loss
 * @param points mean losses, as many as it takes
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record LossCurve(int stepsPerPoint, int steps, float[] points) {
  private static final int MOST_POINTS = 400;

  /**
   * Checks that the points are those of so many steps.
   *
   * @throws IllegalArgumentException if they are more or fewer, or one is not a number
   */
  LossCurve {
    int expected = stepsPerPoint < 1 ? 0 : ceilDiv(steps, stepsPerPoint);
    if (stepsPerPoint < 1 || steps < 0 || points.length != expected) {
      throw new IllegalArgumentException(
          "losses: expected the means of %d steps, %d at a time, got %d numbers"
              .formatted(steps, stepsPerPoint, points.length));
    }
    for (float point : points) {
      if (!Float.isFinite(point)) {
        throw new IllegalArgumentException("losses: expected finite numbers, got " + point);
      }
    }
  }

  /** How many steps a point stands for in a run of so many. */
  static int stepsPerPoint(int plannedSteps) {
    return Math.max(1, ceilDiv(plannedSteps, MOST_POINTS));
  }

  /** The nearest float; the largest one for what lies beyond. */
  private static float asFloat(double loss) {
    return (float) Math.min(loss, Float.MAX_VALUE);
  }

  private static int ceilDiv(int a, int b) {
    return (int) (((long) a + b - 1) / b);
  }

  /** The first step of a point, counted from 1. */
  int firstStep(int point) {
    return point * stepsPerPoint + 1;
  }

  /** The last step of a point, counted from 1. */
  int lastStep(int point) {
    return Math.min(steps, (point + 1) * stepsPerPoint);
  }

  /** The mean loss of the last point; NaN if there is none. */
  double last() {
    return points.length == 0 ? Double.NaN : points[points.length - 1];
  }

  /** The same losses at no more than so many points. */
  LossCurve thinned(int mostPoints) {
    int together = Math.max(1, ceilDiv(points.length, mostPoints));
    float[] fewer = new float[ceilDiv(points.length, together)];
    for (int p = 0; p < fewer.length; p++) {
      int end = Math.min(points.length, (p + 1) * together);
      double sum = 0;
      for (int i = p * together; i < end; i++) {
        sum += (double) points[i] * (lastStep(i) - firstStep(i) + 1);
      }
      fewer[p] = asFloat(sum / (lastStep(end - 1) - firstStep(p * together) + 1));
    }
    return new LossCurve(stepsPerPoint * together, steps, fewer);
  }

  /** Compares all numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LossCurve that
        && stepsPerPoint == that.stepsPerPoint
        && steps == that.steps
        && Arrays.equals(points, that.points);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * stepsPerPoint + steps) + Arrays.hashCode(points);
  }

  /** A curve that grows step by step. */
  static final class Recorder {
    private final int stepsPerPoint;
    private final float[] points;
    private int steps;
    private double sum;

    /** Without losses yet, for a run of so many steps. */
    Recorder(int plannedSteps) {
      this.stepsPerPoint = LossCurve.stepsPerPoint(plannedSteps);
      this.points = new float[ceilDiv(plannedSteps, stepsPerPoint)];
    }

    /** Takes in the finite loss of the next step. */
    void add(double loss) {
      int first = steps - steps % stepsPerPoint;
      sum = steps == first ? loss : sum + loss;
      points[steps / stepsPerPoint] = asFloat(sum / (steps - first + 1));
      steps++;
    }

    /** Writes what was recorded so far, for a recorder of a run as long. */
    void save(DataOutputStream out) throws IOException {
      out.writeInt(steps);
      out.writeDouble(sum);
      for (float point : points) {
        out.writeFloat(point);
      }
    }

    /** Goes on from what was {@link #save saved}. */
    void restore(DataInputStream in) throws IOException {
      steps = in.readInt();
      sum = in.readDouble();
      for (int p = 0; p < points.length; p++) {
        points[p] = in.readFloat();
      }
    }

    /** What was recorded so far. */
    LossCurve curve() {
      return new LossCurve(
          stepsPerPoint, steps, Arrays.copyOf(points, ceilDiv(steps, stepsPerPoint)));
    }
  }
}
