package eigengrad.bench.paper;

import java.io.IOException;
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
   * @throws IOException if the folder does not hold what it should; the message is one line that
   *     says what is wrong and what is right
   */
  Trainer open(@Nullable Path data) throws IOException;
}
