package eigengrad.bench.paper;

import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The layers of each table and figure.
 *
 * @param methods to compare
 * @param precision in which they hold what they store
 * @param kept which eigenvectors whitening keeps
 */
record Grids(List<Method> methods, Precision precision, Retention kept) {
  /** K in the paper's tables. */
  static final int TERMS = 19;

  /** Of the variance, in Table 2: where the paper's Figure 3 is best. */
  static final double ENERGY = 0.99;

  /** ZCA whitening: methods down, group sizes across. */
  Grid table1(List<Integer> groupSizes) {
    List<Grid.Cell> cells = new ArrayList<>();
    for (Method method : methods) {
      for (int d : groupSizes) {
        Layer layer = new Layer.Zca(route(method), d, kept);
        cells.add(
            new Grid.Cell(method.label(), layer.size(), layer, PublishedTable1.figures(method, d)));
      }
    }
    return new Grid(cells);
  }

  /** PCA denoising beside batch normalisation: one column. */
  Grid table2() {
    List<Grid.Cell> cells = new ArrayList<>();
    Layer norm = new Layer.BatchNorm();
    String column = "all %d channels".formatted(SmallNetwork.CHANNELS);
    cells.add(new Grid.Cell(norm.label(), column, norm, PublishedTable2.batchNorm()));
    for (Method method : methods) {
      Layer layer = new Layer.Pca(route(method), ComponentCount.energy(ENERGY));
      cells.add(new Grid.Cell(method.label(), column, layer, PublishedTable2.figures(method)));
    }
    return new Grid(cells);
  }

  /** PCA denoising with Ours by the energy kept: one row. */
  Grid energies(List<Double> fractions) {
    return ours(
        fractions,
        fraction -> new Layer.Pca(route(Method.OURS), ComponentCount.energy(fraction)),
        Layer.Pca::size,
        PublishedFigure3::atEnergy);
  }

  /** PCA denoising with Ours by the number of vectors kept: one row. */
  Grid vectors(List<Integer> counts) {
    return ours(
        counts,
        k -> new Layer.Pca(route(Method.OURS), ComponentCount.fixed(k)),
        Layer.Pca::size,
        PublishedFigure3::withVectors);
  }

  /**
   * PCA denoising with Ours by the number of power iterations: one row. The paper's errors are all
   * between 4.6 and 4.7, too close to be read one by one.
   */
  Grid iterations(List<Integer> terms) {
    return ours(
        terms,
        k -> new Layer.Pca(new Route(Method.OURS, k, precision), ComponentCount.energy(ENERGY)),
        layer -> "K = " + layer.route().terms(),
        k -> ErrorFigures.UNKNOWN);
  }

  private static <T> Grid ours(
      List<T> parameters,
      Function<T, Layer.Pca> layer,
      Function<Layer.Pca, String> column,
      Function<T, ErrorFigures> published) {
    return new Grid(
        parameters.stream()
            .map(
                parameter -> {
                  Layer.Pca pca = layer.apply(parameter);
                  return new Grid.Cell(
                      pca.label(), column.apply(pca), pca, published.apply(parameter));
                })
            .toList());
  }

  private Route route(Method method) {
    return new Route(method, TERMS, precision);
  }
}
