package eigengrad.grad;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of matrices at the ends of the range of doubles, alone and in a batch. */
class SpectralFunctionRangeTest {
  private static final double MOST = Double.MAX_VALUE;

  private static DenseMatrix times2(int exponent, DenseMatrix matrix) {
    return new Scaling(exponent).apply(matrix);
  }

  /** The value, alone and as the last of a batch. */
  private static List<DenseMatrix> values(SpectralFunction f, DenseMatrix a) {
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.identity(a.rows()), a);
    return List.of(f.forward(a).matrix(), f.forward(batch).matrices().matrix(1));
  }

  /** The derivative in a direction and the gradient of that cotangent, alone and in a batch. */
  private static List<DenseMatrix> derivatives(SpectralFunction f, DenseMatrix a, DenseMatrix e) {
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.identity(a.rows()), a);
    MatrixBatch directions = MatrixBatch.of(e, e);
    EigenSolver solver = new EigenSolver();
    BatchedSpectralPass pass = f.forward(SymmetricEigen.decompose(batch), solver);
    List<DenseMatrix> all = new ArrayList<>();
    all.add(f.forward(a).derivative(e));
    all.add(f.forward(a).backward(e));
    all.add(pass.derivative(directions, solver).matrix(1));
    all.add(pass.backward(directions, solver).matrix(1));
    return all;
  }

  private static void assertClose(DenseMatrix expected, List<DenseMatrix> all) {
    for (DenseMatrix actual : all) {
      double allowed = Math.max(1e-13 * expected.maxAbs(), 1e3 * Double.MIN_VALUE);
      double difference = expected.minus(actual).maxAbs();
      assertTrue(difference <= allowed, () -> "expected " + expected + ", but was " + actual);
    }
  }

  /** d(A²) = A dA + dA A, where A² underflows and where it does not. */
  @ParameterizedTest
  @ValueSource(ints = {-1000, -900, -565, -536, -500, 0, 400})
  void derivative_squareOfAnyScale_isTheProductRule(int exponent) {
    DenseMatrix a = times2(exponent, withSpectrum(1, 3, 2, 2, 0.5, 0.1));
    DenseMatrix e = gaussian(5, 5, 2).symmetricPart();
    DenseMatrix product = a.times(e);
    assertClose(product.plus(product.transpose()), derivatives(SpectralFunction.power(2), a, e));
  }

  @Test
  void derivative_singleUnderflowingValues_areThoseOnPaper() {
    DenseMatrix one = DenseMatrix.identity(1);
    SpectralFunction square = SpectralFunction.power(2);
    assertClose(one.times(2e-170), derivatives(square, one.times(1e-170), one));
    assertClose(one.times(2e-161), derivatives(square, one.times(1e-161), one));
    SpectralFunction f = SpectralFunction.power(1.5);
    assertClose(one.times(1.5e-110), derivatives(f, one.times(1e-220), one));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1000, -900, -800, -714, -680, -400, 0, 300})
  void derivative_powersOfAnyScale_scaleByTheirOwn(int exponent) {
    DenseMatrix a = withSpectrum(3, 3, 2, 2, 0.5, 0.1);
    DenseMatrix e = gaussian(5, 5, 4).symmetricPart();
    SpectralFunction f = SpectralFunction.power(1.5);
    DenseMatrix expected = times2(exponent / 2, f.forward(a).derivative(e));
    assertClose(expected, derivatives(f, times2(2 * (exponent / 2), a), e));
  }

  @Test
  void forward_integerPowersOfAnIndefiniteMatrix_areItsProducts() {
    DenseMatrix a = withSpectrum(5, 3, 1, -1, -2);
    DenseMatrix e = gaussian(4, 4, 6).symmetricPart();
    DenseMatrix square = a.times(a);
    assertClose(square, values(SpectralFunction.power(2), a));
    assertClose(square.times(a), values(SpectralFunction.power(3), a));
    DenseMatrix ofCube =
        square.times(e).plus(a.times(e).times(a)).plus(e.times(square)).symmetricPart();
    assertClose(ofCube, derivatives(SpectralFunction.power(3), a, e));
    DenseMatrix inverse = SpectralFunction.power(-1).forward(a).matrix();
    assertClose(DenseMatrix.identity(4), List.of(inverse.times(a)));
    DenseMatrix ofInverse = inverse.times(e).times(inverse).times(-1);
    assertClose(ofInverse, derivatives(SpectralFunction.power(-1), a, e));
    // The preconditioners' inverse root stays one of definite matrices.
    assertThrows(
        IllegalArgumentException.class, () -> SpectralFunction.inverseRoot(1, 0).forward(a));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 17})
  void forward_valuesOfTheLargestDouble_overflowNowhereOnTheWay(int n) {
    DenseMatrix a = gaussian(n, n, n).symmetricPart();
    SpectralFunction constant = SpectralFunction.of("M", x -> MOST, x -> 0);
    assertClose(DenseMatrix.identity(n).times(MOST), values(constant, a));
    // M times a reflection or a projector.
    SpectralFunction sign = SpectralFunction.of("sign", x -> x < 0 ? -1 : 1, x -> 0);
    SpectralFunction large = SpectralFunction.of("M sign", x -> x < 0 ? -MOST : MOST, x -> 0);
    assertClose(sign.forward(a).matrix().times(MOST), values(large, a));
  }

  @Test
  void trace_sumsThatOverflowOnTheWay_areRightOrReported() {
    MatrixBatch batch = MatrixBatch.of(DenseMatrix.diagonal(1, 2, 3));
    SpectralFunction f = SpectralFunction.of("f", x -> x < 3 ? MOST : -MOST, x -> 0);
    assertEquals(MOST, f.forward(batch.matrix(0)).trace());
    assertEquals(MOST, f.forward(batch).trace(0));
    SpectralFunction constant = SpectralFunction.of("c", x -> MOST, x -> 0);
    assertThrows(NonFiniteException.class, () -> constant.forward(batch.matrix(0)).trace());
    assertThrows(NonFiniteException.class, () -> constant.forward(batch).trace(0));
  }

  @Test
  void forward_ridgeThatOverflows_isReported() {
    DenseMatrix large = DenseMatrix.diagonal(1e308, 1e308);
    for (SpectralFunction f :
        List.of(
            SpectralFunction.squareRoot(),
            SpectralFunction.inverseSquareRoot(),
            SpectralFunction.power(-1),
            SpectralFunction.of("one", x -> 1, x -> 0))) {
      SpectralFunction withRidge = f.withRidge(MOST);
      assertThrows(NonFiniteException.class, () -> withRidge.forward(large));
      assertThrows(NonFiniteException.class, () -> withRidge.forward(MatrixBatch.of(large)));
    }
  }
}
