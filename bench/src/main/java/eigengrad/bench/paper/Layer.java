package eigengrad.bench.paper;

import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.paper.Retention;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The normalisation layer of a run: what one cell of a table is about. */
public sealed interface Layer {

  /**
   * What normalises.
   *
   * @return the name of the kind
   */
  String kind();

  /**
   * The size that belongs to it.
   *
   * @return such as "d = 4"; empty if there is none
   */
  String size();

  /**
   * How it is differentiated.
   *
   * @return the route, or null if there is no eigendecomposition to choose for
   */
  @Nullable Route route();

  /** A name for files that no other layer of the same precision and retention has. */
  String word();

  /** What a table calls a run with this layer. */
  default String label() {
    Route route = route();
    return route == null ? kind() : route.method().label();
  }

  /** The layer in a sentence, such as "ZCA whitening, Ours, d = 4". */
  default String text() {
    Route route = route();
    return kind()
        + (route == null ? "" : ", " + route.method().label())
        + (size().isEmpty() ? "" : ", " + size());
  }

  /** Batch normalisation: every channel by itself, nothing to decompose. */
  record BatchNorm() implements Layer {
    @Override
    public String kind() {
      return "Batch norm";
    }

    @Override
    public String size() {
      return "";
    }

    @Override
    public @Nullable Route route() {
      return null;
    }

    @Override
    public String word() {
      return "batch-norm";
    }
  }

  /**
   * ZCA whitening.
   *
   * @param route how it is differentiated
   * @param groupSize channels whitened together, the paper's d
   * @param kept which eigenvectors are kept, but for the exact route
   */
  record Zca(Route route, int groupSize, Retention kept) implements Layer {
    @Override
    public String kind() {
      return "ZCA whitening";
    }

    @Override
    public String size() {
      return "d = " + groupSize;
    }

    @Override
    public String word() {
      return "zca-" + route.word() + "-d" + groupSize;
    }
  }

  /**
   * PCA denoising of all channels.
   *
   * @param route how it is differentiated
   * @param kept how many vectors are kept
   */
  record Pca(Route route, ComponentCount kept) implements Layer {
    @Override
    public String kind() {
      return "PCA denoising";
    }

    @Override
    public String size() {
      return switch (kept) {
        case ComponentCount.Fixed fixed -> fixed.k() + (fixed.k() == 1 ? " vector" : " vectors");
        case ComponentCount.Energy energy -> percent(energy.fraction()) + " of the energy";
      };
    }

    @Override
    public String word() {
      String count =
          switch (kept) {
            case ComponentCount.Fixed fixed -> "vectors" + fixed.k();
            case ComponentCount.Energy energy -> "energy" + energy.fraction();
          };
      return "pca-" + route.word() + "-" + count;
    }

    private static String percent(double fraction) {
      return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString()
          + " %";
    }
  }
}
