package eigengrad.bench.figures;

import eigengrad.bench.report.FunctionPlot;
import eigengrad.bench.report.PlotAxis;
import eigengrad.bench.report.WholeFile;
import eigengrad.bench.truth.TieApproach;
import eigengrad.bench.truth.TieFigure;
import eigengrad.grad.InverseGap;
import eigengrad.grad.TermCount;
import eigengrad.grad.paper.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Draws the figures of grad's documentation: {@code mvn -Pfigures} writes them into {@code
 * grad/doc}.
 *
 * <p>A pair of eigenvalues is (1, 1 − δ) in a matrix of norm 1. All bounded rules have parameters
 * that give them the same bound, 19: the paper's K. The figures of a tie are measured: rounding
 * errors are part of what they show, and differ between kernels.
 */
public final class GradientFigures {
  private static final int TERMS = 19;
  private static final int SAMPLES = 241;

  private GradientFigures() {}

  /**
   * Writes every figure.
   *
   * @param args the folder
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("one argument, the folder, expected, got " + args.length);
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> figure : figures().entrySet()) {
      WholeFile.write(folder.resolve(figure.getKey()), figure.getValue());
    }
  }

  /** SVG files by their names. */
  static Map<String, String> figures() {
    Map<String, String> figures = new TreeMap<>();
    figures.put("coefficient.svg", coefficients().svg());
    figures.put("coefficient-error.svg", errors().svg());
    figures.put("terms.svg", terms().svg());
    TieApproach approach = TieApproach.compute();
    figures.put("tie-double.svg", TieFigure.of(approach, Precision.FLOAT64).svg());
    figures.put("tie-float32.svg", TieFigure.of(approach, Precision.FLOAT32).svg());
    return figures;
  }

  /** A rule with its name; its place in the list is its look in every figure. */
  private record Named(String name, InverseGap rule) {
    double coefficient(double gap) {
      return rule.between(1, 1 - gap, 1);
    }

    double error(double gap) {
      return Math.abs(1 - coefficient(gap) / InverseGap.analytic().between(1, 1 - gap, 1));
    }
  }

  private static final List<Named> RULES =
      List.of(
          new Named("analytic", InverseGap.analytic()),
          new Named("powerIteration(19), taylor(18)", InverseGap.powerIteration(TERMS)),
          new Named("pade(18)", InverseGap.pade(TERMS - 1)),
          new Named("clipped(19)", InverseGap.clipped(TERMS)),
          new Named("lorentzian(1/38)", InverseGap.lorentzian(0.5 / TERMS)));

  private static final PlotAxis GAP = PlotAxis.logarithmic("relative gap δ/λ", 1e-4, 1);

  private static FunctionPlot coefficients() {
    FunctionPlot plot =
        new FunctionPlot(
            "What stands for 1/δ", GAP, PlotAxis.logarithmic("coefficient · λ", 0.1, 1e4));
    for (int i = 0; i < RULES.size(); i++) {
      add(plot, i, RULES.get(i).name(), GAP, RULES.get(i)::coefficient);
    }
    return plot;
  }

  private static FunctionPlot errors() {
    FunctionPlot plot =
        new FunctionPlot(
            "Relative error of the coefficient",
            GAP,
            PlotAxis.logarithmic("|1 − coefficient · δ|", 1e-8, 1));
    for (int i = 1; i < RULES.size(); i++) {
      add(plot, i, RULES.get(i).name(), GAP, RULES.get(i)::error);
    }
    return plot;
  }

  /** Contours of (λₖ/λ₁)^K, as in the paper. */
  private static FunctionPlot terms() {
    PlotAxis ratio = PlotAxis.linear("ratio of the eigenvalues, λₖ/λ₁", 0, 1);
    FunctionPlot plot =
        new FunctionPlot(
            "The K from which (λₖ/λ₁)^K is", ratio, PlotAxis.logarithmic("K", 1, 1000));
    double[] errors = {0.01, 0.05, 0.1, 0.25, 0.5};
    for (int i = 0; i < errors.length; i++) {
      double error = errors[i];
      String name = "at most %.0f %%".formatted(100 * error);
      add(plot, i, name, ratio, x -> x < 1 ? TermCount.forRelativeError(error, x) : 1e9);
    }
    add(plot, errors.length, "K = 19, the paper's", ratio, x -> TERMS);
    return plot;
  }

  private static void add(
      FunctionPlot plot, int look, String name, PlotAxis axis, DoubleUnaryOperator function) {
    double[] x = axis.samples(SAMPLES);
    plot.add(look, name, x, Arrays.stream(x).map(function).toArray());
  }
}
