package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.PowerIterationContract;

/** Larger values are not deflated before the series of a smaller one, which grows. */
final class NotDeflated implements PowerIterationContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(
            eigen,
            valueCotangent,
            vectorCotangent,
            (a, b) -> a == b ? 0 : (1 - Math.pow(a / b, terms)) / (b - a))
        .symmetricPart();
  }
}
