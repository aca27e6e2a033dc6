package eigengrad.bench.paper;

/**
 * How long and how fast a run learns.
 *
 * @param steps optimiser steps
 * @param batch images per step
 * @param learningRate of SGD with momentum, at the first step
 */
public record Schedule(int steps, int batch, double learningRate) {}
