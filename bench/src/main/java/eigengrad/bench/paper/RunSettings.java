package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;

/**
 * What one training run is made of.
 *
 * @param method how the whitening layer is differentiated
 * @param groupSize channels whitened together, the paper's d
 * @param seed of the weights, the order of the images and power iteration's start vectors
 * @param steps optimiser steps
 * @param batch images per step
 * @param learningRate of SGD with momentum
 * @param precision in which the decomposition and its gradient are held
 * @param retention which eigenvectors the whitening layer keeps
 */
public record RunSettings(
    Method method,
    int groupSize,
    long seed,
    int steps,
    int batch,
    double learningRate,
    Precision precision,
    Retention retention) {}
