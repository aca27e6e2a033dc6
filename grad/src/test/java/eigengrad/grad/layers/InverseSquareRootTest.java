package eigengrad.grad.layers;

import static eigengrad.grad.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.grad.paper.EigenInverseSquareRoot;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InverseSquareRootTest {

  static Stream<InverseSquareRoot> roots() {
    DifferentiableEigen hybrid = DifferentiableEigen.hybrid(19, Precision.FLOAT64);
    return Stream.of(
        InverseSquareRoot.exact(),
        InverseSquareRoot.newtonSchulz(5),
        new EigenInverseSquareRoot(hybrid, Retention.ALL));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void forward_badCovariances_areRefused(InverseSquareRoot root) {
    DenseMatrix two = DenseMatrix.identity(2);
    DenseMatrix empty = DenseMatrix.identity(0);
    DenseMatrix[] many = new DenseMatrix[9];
    Arrays.fill(many, two);
    many[4] = DenseMatrix.identity(3);
    assertRefused("one order, 0, got 2", () -> forward(root, empty, two));
    assertRefused("one order, 2, got 3 at index 4", () -> root.forward(many, 1e-4));
    assertRefused("at least one row", () -> forward(root, empty));
    assertRefused("square", () -> forward(root, DenseMatrix.of(2, 1, 1, 0)));
    assertEquals(0, forward(root).matrices().length);
  }

  @ParameterizedTest
  @MethodSource("roots")
  void backward_otherNumberOfCotangents_isRefused(InverseSquareRoot root) {
    DenseMatrix two = DenseMatrix.identity(2);
    DenseMatrix[] many = new DenseMatrix[9];
    Arrays.fill(many, two);
    for (DenseMatrix[] covariances : new DenseMatrix[][] {{two, two}, many}) {
      InverseSquareRoot.Pass pass = root.forward(covariances, 1e-4);
      DenseMatrix[] fewer = Arrays.copyOf(covariances, covariances.length - 1);
      assertRefused("one for each group", () -> pass.backward(fewer));
    }
  }

  @Test
  void backward_cotangentOfAnotherSize_isRefused() {
    DenseMatrix[] few = {DenseMatrix.identity(2)};
    DenseMatrix[] many = new DenseMatrix[9];
    Arrays.fill(many, few[0]);
    for (InverseSquareRoot root :
        new InverseSquareRoot[] {InverseSquareRoot.exact(), InverseSquareRoot.newtonSchulz(5)}) {
      for (DenseMatrix[] covariances : new DenseMatrix[][] {few, many}) {
        InverseSquareRoot.Pass pass = root.forward(covariances, 1e-4);
        for (DenseMatrix bad :
            new DenseMatrix[] {DenseMatrix.identity(0), DenseMatrix.identity(3)}) {
          DenseMatrix[] cotangents = covariances.clone();
          cotangents[0] = bad;
          assertRefused("symmetricCotangents must be 2×2", () -> pass.backward(cotangents));
        }
      }
    }
  }

  private static InverseSquareRoot.Pass forward(InverseSquareRoot root, DenseMatrix... matrices) {
    return root.forward(matrices, 1e-4);
  }
}
