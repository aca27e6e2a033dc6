package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.Lanes;
import eigengrad.simd.vector.VectorKernels;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the kernel set, once. A failure is kept and thrown, worded the same, at every use. */
final class KernelSelection {
  static final String PROPERTY = Kernels.PROPERTY;

  private static final String MODULE = "jdk.incubator.vector";

  /** Narrower vectors hold one double. */
  private static final int MIN_BITS = 128;

  private static final @Nullable String FAILURE;
  private static final @Nullable KernelSet ACTIVE;

  static {
    KernelSet chosen = null;
    String failure = null;
    try {
      chosen = choose(System.getProperty(PROPERTY, "auto"));
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

  private static KernelSet choose(String requested) {
    return switch (requested.toLowerCase(Locale.ROOT)) {
      case "scalar" -> ScalarKernels.SET;
      case "auto" -> automatic();
      case "128", "256", "512" -> ofWidth(Integer.parseInt(requested));
      default ->
          throw new IllegalStateException(
              PROPERTY
                  + "="
                  + requested
                  + ": expected one of auto, scalar, 128, 256 or 512 (bits of a vector)");
    };
  }

  /** Vectors where they run well. */
  private static KernelSet automatic() {
    if (!vectorModulePresent()) {
      return scalarBecause(
          "SIMD needs the module " + MODULE + ": start the JVM with --add-modules " + MODULE);
    }
    String obstacle = Jvm.current().obstacle();
    if (obstacle != null) {
      return scalarBecause(obstacle + "; -D" + PROPERTY + "=256 takes vectors all the same");
    }
    return vectors(MIN_BITS);
  }

  /** Vectors wherever there are any, however slow: without a warning, as they were asked for. */
  private static KernelSet ofWidth(int bits) {
    if (!vectorModulePresent()) {
      throw new IllegalStateException(
          PROPERTY + "=" + bits + " needs the JVM flag --add-modules " + MODULE);
    }
    return vectors(bits);
  }

  private static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Touches Vector API classes: called only when the module is known to be there. */
  private static KernelSet vectors(int bits) {
    if (Lanes.BITS < MIN_BITS) {
      return scalarBecause(
          "the processor has no vectors of "
              + MIN_BITS
              + " bits, or a flag hides them: start the JVM without -XX:MaxVectorSize");
    }
    if (Lanes.BITS < bits) {
      warn(
          PROPERTY
              + "="
              + bits
              + ": this processor has "
              + Lanes.BITS
              + "-bit vectors, using those");
    }
    return VectorKernels.SET;
  }

  private static KernelSet scalarBecause(String reason) {
    warn(
        "running on scalar kernels: "
            + reason
            + "; -D"
            + PROPERTY
            + "=scalar silences this warning");
    return ScalarKernels.SET;
  }

  private static void warn(String message) {
    System.getLogger("eigengrad.simd").log(Level.WARNING, message);
  }
}
