package eigengrad.bench.paper;

/**
 * What one training run is made of.
 *
 * @param layer the normalisation layer
 * @param seed of the weights, the order of the images and power iteration's start vectors
 * @param schedule how long and how fast it learns
 */
public record RunSettings(Layer layer, long seed, Schedule schedule) {

  /** Optimiser steps of the run. */
  int steps() {
    return schedule.steps();
  }

  /**
   * Whether the run can go on in the middle. Power iteration cannot: it draws start vectors in
   * every step, and a random generator's place is not to be had.
   */
  boolean isResumable() {
    Route route = layer.route();
    return route == null || route.method() != Method.PI;
  }

  /** A name for files that no other run of the same experiments has. */
  String word() {
    return layer.word() + "-seed" + seed;
  }

  /** The run in a sentence. */
  String text() {
    return layer.text() + ", seed " + seed;
  }
}
