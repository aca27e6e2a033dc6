package eigengrad.simd;

import eigengrad.simd.scalar.ScalarKernels;
import eigengrad.simd.vector.VectorKernels;
import eigengrad.simd.vector.Width;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the kernel set, once. A failure is kept and thrown, worded the same, at every use. */
final class KernelSelection {
  static final String PROPERTY = Kernels.PROPERTY;

  private static final String WARM_UP = Kernels.WARM_UP_PROPERTY;

  private static final String MODULE = "jdk.incubator.vector";

  private static final String AUTO = "auto";

  private static final String OVERRIDE = "; -D" + PROPERTY + "=256 takes vectors all the same";

  /** Narrower vectors hold one double. */
  private static final int MIN_BITS = 128;

  private static final @Nullable String FAILURE;
  private static final @Nullable KernelSet ACTIVE;

  static {
    KernelSet chosen = null;
    String failure = null;
    try {
      chosen = choose(System.getProperty(PROPERTY, AUTO));
    } catch (IllegalStateException e) {
      failure = e.getMessage();
    }
    ACTIVE = chosen;
    FAILURE = failure;
  }

  private KernelSelection() {}

  /** Plain loops with the bits of the active set. */
  static KernelSet scalar() {
    return active() == ScalarKernels.SET ? ScalarKernels.SET : SwitchingKernels.SCALAR;
  }

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
      case AUTO -> automatic();
      case "128", "256", "512" -> ofWidth(Integer.parseInt(requested));
      default ->
          throw new IllegalStateException(
              PROPERTY
                  + "="
                  + requested
                  + ": expected one of auto, scalar, 128, 256 or 512 (bits of a vector)");
    };
  }

  /** Vectors where nothing that is told at once speaks against them. */
  private static KernelSet automatic() {
    if (!vectorModulePresent()) {
      return scalarBecause(
          "SIMD needs the module " + MODULE + ": start the JVM with --add-modules " + MODULE);
    }
    String obstacle = Jvm.ofProperties().obstacle();
    return obstacle == null ? vectors(MIN_BITS) : scalarBecause(obstacle + OVERRIDE);
  }

  /**
   * Whether this JVM compiles vectors well, as far as its flags tell, or was told that it should.
   * The flags are read at the first call, which takes a fifth of the time of a first result.
   */
  static boolean compilesVectors() {
    return Flags.COMPILE_VECTORS;
  }

  /** Read once, with one warning. */
  private static final class Flags {
    static final boolean COMPILE_VECTORS = isRequested() || compileVectors();

    private static boolean isRequested() {
      return !System.getProperty(PROPERTY, AUTO).equalsIgnoreCase(AUTO);
    }

    private static boolean compileVectors() {
      String obstacle = Jvm.current().obstacle();
      if (obstacle != null) {
        warnOfScalar(obstacle + OVERRIDE);
      }
      return obstacle == null;
    }
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
    if (Width.BITS < MIN_BITS) {
      return scalarBecause(
          "the processor has no vectors of "
              + MIN_BITS
              + " bits, or a flag hides them: start the JVM without -XX:MaxVectorSize");
    }
    if (Width.BITS < bits) {
      warn(
          PROPERTY
              + "="
              + bits
              + ": this processor has "
              + Width.BITS
              + "-bit vectors, using those");
    }
    return switch (System.getProperty(WARM_UP, "background").toLowerCase(Locale.ROOT)) {
      case "background" -> SwitchingKernels.SET;
      case "none" -> VectorKernels.SET;
      default ->
          throw new IllegalStateException(
              "%s=%s: expected background or none".formatted(WARM_UP, System.getProperty(WARM_UP)));
    };
  }

  private static KernelSet scalarBecause(String reason) {
    warnOfScalar(reason);
    return ScalarKernels.SET;
  }

  private static void warnOfScalar(String reason) {
    warn(
        "running on scalar kernels: "
            + reason
            + "; -D"
            + PROPERTY
            + "=scalar silences this warning");
  }

  private static void warn(String message) {
    System.getLogger("eigengrad.simd").log(Level.WARNING, message);
  }
}
