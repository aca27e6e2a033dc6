package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.VectorKernels;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the kernel set, once. A failure is kept and thrown, worded the same, at every use. */
final class KernelSelection {
  static final String PROPERTY = Kernels.PROPERTY;

  private static final String SILENCE = ", or silence this warning with -D" + PROPERTY + "=scalar";

  private static final @Nullable String FAILURE;
  private static final @Nullable KernelSet ACTIVE;

  static {
    KernelSet chosen = null;
    String failure = null;
    try {
      Choice choice = choose(System.getProperty(PROPERTY, "auto"), Platform::current);
      if (choice.warning() != null) {
        System.getLogger("eigengrad.simd").log(Level.WARNING, choice.warning());
      }
      chosen = choice.vector() ? VectorKernels.SET : ScalarKernels.SET;
    } catch (IllegalStateException e) {
      failure = e.getMessage();
    }
    ACTIVE = chosen;
    FAILURE = failure;
  }

  private KernelSelection() {}

  static KernelSet active() {
    KernelSet kernels = ACTIVE;
    if (kernels == null) {
      throw new IllegalStateException(FAILURE);
    }
    return kernels;
  }

  /**
   * A choice and what there is to say about it.
   *
   * @param vector whether it is the vector kernels, the scalar ones otherwise
   * @param warning null if all is well
   */
  record Choice(boolean vector, @Nullable String warning) {
    private static Choice scalar(String reason, String remedy) {
      return new Choice(false, "running on scalar kernels: " + reason + ": " + remedy + SILENCE);
    }
  }

  /**
   * The kernels for a request on a platform, which is asked only if that matters.
   *
   * @throws IllegalStateException if the request is unknown, or cannot be met
   */
  static Choice choose(String requested, Supplier<Platform> platform) {
    return switch (requested.toLowerCase(Locale.ROOT)) {
      case "scalar" -> new Choice(false, null);
      case "auto" -> automatic(platform.get());
      case "128", "256", "512" -> ofWidth(Integer.parseInt(requested), platform.get());
      default ->
          throw new IllegalStateException(
              PROPERTY
                  + "="
                  + requested
                  + ": expected one of auto, scalar, 128, 256 or 512 (bits of a vector)");
    };
  }

  private static Choice automatic(Platform platform) {
    Jvm.Obstacle obstacle = platform.jvm().obstacle();
    if (obstacle != null) {
      return Choice.scalar(obstacle.reason(), obstacle.remedy());
    }
    return switch (platform.vectorApi()) {
      case PRESENT -> platform.hasVectors() ? new Choice(true, null) : withoutVectors();
      case LEFT_OUT ->
          Choice.scalar(
              "SIMD needs a module that is not there",
              "start the JVM with --add-modules " + Platform.MODULE);
      case MISSING ->
          Choice.scalar(
              "this Java runtime has no module " + Platform.MODULE,
              "take one that has, such as a JDK 25, or put it into the image");
    };
  }

  private static Choice withoutVectors() {
    return Choice.scalar(
        "this processor has no 128-bit vectors with a fused multiply-add, or a flag of the JVM"
            + " hides them",
        "remove such a flag (-XX:-UseFMA, -XX:UseAVX, -XX:MaxVectorSize, -XX:-EnableVectorSupport)"
            + " if there is one");
  }

  /** Vectors wherever there are any, however badly the JVM may compile them. */
  private static Choice ofWidth(int bits, Platform platform) {
    String request = PROPERTY + "=" + bits;
    if (platform.vectorApi() != Platform.VectorApi.PRESENT) {
      throw new IllegalStateException(
          request + " needs the JVM flag --add-modules " + Platform.MODULE);
    }
    if (!platform.hasVectors()) {
      return withoutVectors();
    }
    Jvm.Obstacle obstacle = platform.jvm().obstacle();
    if (obstacle != null) {
      return new Choice(
          true,
          request
              + ": vector kernels can be a thousand times slower than scalar ones here, as "
              + obstacle.reason()
              + ": "
              + obstacle.remedy()
              + ", or with -D"
              + PROPERTY
              + "=auto");
    }
    if (platform.vectorBits() < bits) {
      return new Choice(
          true,
          request + ": this processor has " + platform.vectorBits() + "-bit vectors, using those");
    }
    return new Choice(true, null);
  }
}
