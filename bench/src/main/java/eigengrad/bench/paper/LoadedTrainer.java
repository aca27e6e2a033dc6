package eigengrad.bench.paper;

/**
 * A trainer with its data.
 *
 * @param trainer to train with
 * @param trainingImages how many it has: a batch can't be larger
 * @param fingerprint tells its images from others
 */
record LoadedTrainer(Trainer trainer, int trainingImages, String fingerprint) {}
