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
  private static final System.Logger LOG = System.getLogger("eigengrad.simd");

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
      case "auto" -> {
        if (vectorModulePresent()) {
          yield vectorKernels();
        }
        LOG.log(
            Level.WARNING,
            "running on scalar kernels: start the JVM with --add-modules {0} for SIMD, or with"
                + " -D{1}=scalar to silence this warning",
            MODULE,
            PROPERTY);
        yield ScalarKernels.SET;
      }
      case "128", "256", "512" -> {
        if (!vectorModulePresent()) {
          throw new IllegalStateException(
              PROPERTY + "=" + requested + " needs the JVM flag --add-modules " + MODULE);
        }
        if (Lanes.BITS < Integer.parseInt(requested)) {
          LOG.log(
              Level.WARNING,
              "{0}={1}: this processor has {2}-bit vectors, using those",
              PROPERTY,
              requested,
              Integer.toString(Lanes.BITS));
        }
        yield vectorKernels();
      }
      default ->
          throw new IllegalStateException(
              PROPERTY
                  + "="
                  + requested
                  + ": expected one of auto, scalar, 128, 256 or 512 (bits of a vector)");
    };
  }

  private static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Touches Vector API classes: called only when the module is known to be there. */
  private static KernelSet vectorKernels() {
    if (Lanes.BITS < 128 || !Lanes.FUSED) {
      LOG.log(
          Level.WARNING,
          "running on scalar kernels: this processor has no 128-bit vectors with a fused"
              + " multiply-add; -D{0}=scalar silences this warning",
          PROPERTY);
      return ScalarKernels.SET;
    }
    return VectorKernels.SET;
  }
}
