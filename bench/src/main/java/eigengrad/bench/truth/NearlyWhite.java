package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Covariances whose eigenvalues nearly tie, all or some of them, and what each route makes of
 * whitening them. The truth is the library's exact gradient in double of the covariance in double.
 *
 * @param cells one per data, size, route and precision
 */
public record NearlyWhite(List<Cell> cells) {
  /** The authors' ε. */
  static final double EPSILON = 1e-4;

  /** Sizes of groups. */
  static final List<Integer> CHANNELS = List.of(4, 8, 16, 32, 64);

  private static final int DRAWS = 50;

  /** Where the covariance comes from. */
  enum Data {
    /** Independent channels of variance 1, few samples. */
    ISOTROPIC_FEW("white data, 1,024 samples") {
      @Override
      DenseMatrix draw(int channels, RandomGenerator random) {
        return Covariances.isotropic(channels, 1 << 10, random);
      }
    },
    /** Independent channels of variance 1; a batch of 128 images of 32×32 has so many pixels. */
    ISOTROPIC_BATCH("white data, 131,072 samples") {
      @Override
      DenseMatrix draw(int channels, RandomGenerator random) {
        return Covariances.isotropic(channels, 1 << 17, random);
      }
    },
    /** Independent channels of variance 1, more samples than any batch has. */
    ISOTROPIC_MANY("white data, 2³⁰ samples") {
      @Override
      DenseMatrix draw(int channels, RandomGenerator random) {
        return Covariances.isotropic(channels, 1 << 30, random);
      }
    },
    /**
     * What an exact whitening layer leaves of variances spread over two decades: λ/(λ + ε), in the
     * same basis.
     */
    WHITENED_TWICE("whitened, then whitened again") {
      @Override
      DenseMatrix draw(int channels, RandomGenerator random) {
        double[] values = new double[channels];
        for (int i = 0; i < channels; i++) {
          double before = Math.pow(10, -2 * random.nextDouble());
          values[i] = before / (before + EPSILON);
        }
        return Covariances.withSpectrum(values, random);
      }
    },
    /** Correlated channels, two of which are constant. */
    DEAD_CHANNELS("two dead channels") {
      @Override
      DenseMatrix draw(int channels, RandomGenerator random) {
        DenseMatrix live = WHITENED_TWICE.draw(channels - 2, random);
        double[] m = new double[channels * channels];
        for (int j = 0; j < channels - 2; j++) {
          System.arraycopy(live.columnMajor(), j * (channels - 2), m, j * channels, channels - 2);
        }
        return DenseMatrix.wrap(channels, channels, m);
      }
    };

    private final String label;

    Data(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    /** A covariance without the layer's ε. */
    abstract DenseMatrix draw(int channels, RandomGenerator random);
  }

  /**
   * A route on many draws.
   *
   * @param data where the covariances come from
   * @param channels d
   * @param errors of the draws
   */
  record Cell(Data data, int channels, RouteErrors errors) {}

  /** Copies the cells. */
  public NearlyWhite {
    cells = List.copyOf(cells);
  }

  /**
   * Runs the experiment: about a minute.
   *
   * @return what was found
   */
  public static NearlyWhite compute() {
    List<Cell> cells = new ArrayList<>();
    for (Data data : Data.values()) {
      for (int channels : CHANNELS) {
        cells.addAll(cells(data, channels, DRAWS));
      }
    }
    return new NearlyWhite(cells);
  }

  /** Every route and precision on the same draws. */
  static List<Cell> cells(Data data, int channels, int draws) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(channels);
    DenseMatrix ridge = DenseMatrix.identity(channels);
    List<WhiteningSample> samples = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      samples.add(
          WhiteningSample.of(
              data.draw(channels, random).plusScaled(EPSILON, ridge),
              Covariances.gaussian(channels, random),
              EPSILON));
    }
    List<Cell> cells = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (Route route : Route.values()) {
        if (WhiteningSample.isMeasured(route, precision)) {
          List<GradientError> errors = new ArrayList<>();
          for (WhiteningSample sample : samples) {
            errors.add(sample.error(route, precision, 1));
          }
          cells.add(new Cell(data, channels, new RouteErrors(route, precision, errors)));
        }
      }
    }
    return cells;
  }

  /**
   * The figures as CSV.
   *
   * @param out to write to
   * @throws IOException if it cannot be written to
   */
  public void writeCsv(Appendable out) throws IOException {
    ErrorTable table = new ErrorTable(out, "data", "d");
    for (Cell cell : cells) {
      table.add(cell.errors(), cell.data(), cell.channels());
    }
  }

  /**
   * The experiment as parts of a page.
   *
   * @return a section with a table for each precision
   */
  public List<SectionTag> sections() {
    return NearlyWhiteText.sections(this);
  }

  /**
   * How often each route has no gradient or a wrong one, from the data.
   *
   * @return lines for a terminal
   */
  public List<String> verdict() {
    return NearlyWhiteText.verdict(this);
  }
}
