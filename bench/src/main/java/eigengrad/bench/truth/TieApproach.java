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
 * The approach to a tie: two eigenvalues of a covariance are driven together, from a relative gap
 * of 1 to 2⁻⁶⁰ and to 0, and every route's gradient is held against the truth.
 *
 * <p>The truth needs no solver: eigenpairs are known by construction ({@link TiedMatrix}), and the
 * divided differences have closed forms in which nothing cancels, so that it is exact to a few u
 * whatever the gap.
 *
 * @param points of every scene, from the largest gap to the smallest
 */
public record TieApproach(List<Point> points) {
  private static final int SMALLEST_EXPONENT = 60;
  private static final int DRAWS = 25;

  /** Which function of the matrix, and where in the spectrum the tie lies. */
  enum Scene {
    /** ZCA whitening; the two smallest eigenvalues meet, on which its gradient depends most. */
    WHITENING("ZCA whitening, M^(−1/2)", InverseRoot.WHOLE, TiedMatrix.ORDER - 2),
    /** PCA denoising; the two largest meet, both kept. */
    KEPT("PCA projector that keeps both", new LeadingProjector(TiedMatrix.ORDER / 2), 0),
    /** PCA denoising; the two smallest meet, both dropped. */
    DROPPED(
        "PCA projector that drops both",
        new LeadingProjector(TiedMatrix.ORDER / 2),
        TiedMatrix.ORDER - 2);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final MatrixFunction function;

    private final int pair;

    Scene(String label, MatrixFunction function, int pair) {
      this.label = label;
      this.function = function;
      this.pair = pair;
    }

    String label() {
      return label;
    }
  }

  /**
   * A route at a gap.
   *
   * @param scene which function
   * @param gap relative to the smaller of the two eigenvalues
   * @param errors of the draws
   */
  record Point(Scene scene, double gap, RouteErrors errors) {}

  /** Copies the points. */
  public TieApproach {
    points = List.copyOf(points);
  }

  /**
   * Runs the experiment: a few seconds.
   *
   * @return what was found
   */
  public static TieApproach compute() {
    List<Point> points = new ArrayList<>();
    for (Scene scene : Scene.values()) {
      for (int exponent = 0; exponent <= SMALLEST_EXPONENT; exponent++) {
        addPoints(scene, Math.scalb(1.0, -exponent), points);
      }
      addPoints(scene, 0, points);
    }
    return new TieApproach(points);
  }

  /** The points of every route at one gap; all gaps see the same draws. */
  static void addPoints(Scene scene, double gap, List<Point> points) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<TiedMatrix> matrices = new ArrayList<>();
    List<DenseMatrix> cotangents = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      matrices.add(TiedMatrix.draw(scene.pair, gap, random));
      cotangents.add(Covariances.gaussian(TiedMatrix.ORDER, random));
    }
    for (Precision precision : Precision.values()) {
      for (Route route : Route.values()) {
        List<GradientError> errors = new ArrayList<>();
        for (int draw = 0; draw < DRAWS; draw++) {
          errors.add(
              error(scene.function, route, precision, matrices.get(draw), cotangents.get(draw)));
        }
        points.add(new Point(scene, gap, new RouteErrors(route, precision, errors)));
      }
    }
  }

  private static GradientError error(
      MatrixFunction function,
      Route route,
      Precision precision,
      TiedMatrix tied,
      DenseMatrix cotangent) {
    return GradientError.of(
        () -> route.gradient(function, tied.matrix(), cotangent, precision, 1),
        tied.spectrum().gradient(function, cotangent, Precision.FLOAT64));
  }

  /** The points of one curve, from the largest gap to the smallest. */
  List<Point> curve(Scene scene, Route route, Precision precision) {
    return points.stream()
        .filter(point -> point.scene() == scene)
        .filter(point -> point.errors().route() == route)
        .filter(point -> point.errors().precision() == precision)
        .toList();
  }

  /**
   * The figures as CSV.
   *
   * @param out to write to
   * @throws IOException if it cannot be written to
   */
  public void writeCsv(Appendable out) throws IOException {
    ErrorTable table = new ErrorTable(out, "function", "gap");
    for (Point point : points) {
      table.add(point.errors(), point.scene(), point.gap());
    }
  }

  /**
   * The experiment as parts of a page.
   *
   * @return sections with pictures
   */
  public List<SectionTag> sections() {
    return TieSections.of(this);
  }

  /**
   * Which route is right, wrong or without a gradient at which gap of whitening, from the data.
   *
   * @return lines for a terminal
   */
  public List<String> verdict() {
    return TieVerdict.of(this, Scene.WHITENING);
  }
}
