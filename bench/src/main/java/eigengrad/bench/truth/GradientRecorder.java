package eigengrad.bench.truth;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks over the shoulder of a whitening layer in training: at chosen steps it takes the layer's
 * covariances and the cotangents of its M^(−1/2), computes every route's gradient of the same and
 * holds it against the truth. Training is not affected.
 */
public final class GradientRecorder {
  private final int groupSize;
  private final double epsilon;
  private final Set<Integer> steps;
  private final List<AlongTraining.Point> points = new ArrayList<>();
  private int step;

  /**
   * A recorder for one training run.
   *
   * @param groupSize d of the layer
   * @param epsilon ε of the layer
   * @param steps at which steps to look, counted from 0
   */
  public GradientRecorder(int groupSize, double epsilon, Set<Integer> steps) {
    this.groupSize = groupSize;
    this.epsilon = epsilon;
    this.steps = Set.copyOf(steps);
  }

  /**
   * A root for the layer that does what the given one does, and records.
   *
   * @param root what the layer is to whiten with
   * @return the same, observed; every backward counts as a step
   */
  public InverseSquareRoot around(InverseSquareRoot root) {
    return (covariances, ridge) ->
        new RecordedPass(root.forward(covariances, ridge), covariances.clone());
  }

  /**
   * What was recorded so far.
   *
   * @return points in the order of steps
   */
  List<AlongTraining.Point> points() {
    return List.copyOf(points);
  }

  private final class RecordedPass implements InverseSquareRoot.Pass {
    private final InverseSquareRoot.Pass pass;
    private final DenseMatrix[] covariances;

    RecordedPass(InverseSquareRoot.Pass pass, DenseMatrix[] covariances) {
      this.pass = pass;
      this.covariances = covariances;
    }

    @Override
    public DenseMatrix[] matrices() {
      return pass.matrices();
    }

    @Override
    public DenseMatrix[] backward(DenseMatrix[] symmetricCotangents) {
      int at = step++;
      if (steps.contains(at)) {
        record(at, covariances, symmetricCotangents);
      }
      return pass.backward(symmetricCotangents);
    }
  }

  private void record(int at, DenseMatrix[] covariances, DenseMatrix[] cotangents) {
    List<WhiteningSample> samples = new ArrayList<>();
    for (int g = 0; g < covariances.length; g++) {
      WhiteningSample sample = WhiteningSample.of(covariances[g], cotangents[g], epsilon);
      if (sample.truth().maxAbs() > 0) {
        samples.add(sample);
      }
    }
    if (samples.isEmpty()) {
      return;
    }
    for (Precision precision : Precision.values()) {
      for (Route route : Route.values()) {
        if (WhiteningSample.isMeasured(route, precision)) {
          List<GradientError> errors = new ArrayList<>();
          for (WhiteningSample sample : samples) {
            errors.add(sample.error(route, precision, at));
          }
          points.add(
              new AlongTraining.Point(groupSize, at, new RouteErrors(route, precision, errors)));
        }
      }
    }
  }
}
