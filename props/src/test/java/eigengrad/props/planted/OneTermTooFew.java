package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.PowerIterationContract;

/** The sum ends a term early. */
final class OneTermTooFew implements PowerIterationContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(
            eigen, valueCotangent, vectorCotangent, (a, b) -> Assembly.series(a, b, terms - 1))
        .symmetricPart();
  }
}
