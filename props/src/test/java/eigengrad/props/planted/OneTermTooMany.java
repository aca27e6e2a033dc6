package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.PowerIterationContract;

/** The sum ends a term late: the 20 terms of a loop that says 19. */
final class OneTermTooMany implements PowerIterationContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(
            eigen, valueCotangent, vectorCotangent, (a, b) -> Assembly.series(a, b, terms + 1))
        .symmetricPart();
  }
}
