package eigengrad.bench.paper;

/**
 * A trainer with its data.
 *
 * @param trainer to train with
 * @param truth to compare gradients with, along training
 * @param trainingImages how many it has: a batch can't be larger
 * @param fingerprint tells its images from others
 */
record LoadedTrainer(Trainer trainer, TruthSource truth, int trainingImages, String fingerprint) {}
