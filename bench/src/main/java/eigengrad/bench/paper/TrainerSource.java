package eigengrad.bench.paper;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the experiment gets its trainer, data included, before the first run. */
@FunctionalInterface
interface TrainerSource {

  /**
   * Loads or generates the images.
   *
   * @param data a folder of CIFAR-10's binary files, or null for generated textures
   * @return a trainer on these images
   * @throws DataException if the folder does not hold what it should
   */
  LoadedTrainer open(@Nullable Path data);
}
