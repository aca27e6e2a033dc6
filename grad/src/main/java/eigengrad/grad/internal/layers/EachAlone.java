package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** Groups one after the other. */
@SuppressWarnings("ArrayRecordComponent") // only read
public record EachAlone(Group[] groups) implements InverseSquareRoot.Pass {

  /** One group's W and the way back from it. */
  public interface Group {
    /** W, d×d, symmetric. */
    DenseMatrix matrix();

    /** ∂L/∂M, d×d, exactly symmetric, from sym(∂L/∂W). */
    DenseMatrix backward(DenseMatrix symmetricCotangent);
  }

  static EachAlone of(DenseMatrix[] covariances, Function<DenseMatrix, Group> forward) {
    return new EachAlone(Stream.of(covariances).map(forward).toArray(Group[]::new));
  }

  @Override
  public DenseMatrix[] matrices() {
    return Stream.of(groups).map(Group::matrix).toArray(DenseMatrix[]::new);
  }

  @Override
  public DenseMatrix[] backward(DenseMatrix[] symmetricCotangents) {
    Covariances.requireEach(groups.length, symmetricCotangents);
    DenseMatrix[] gradients = new DenseMatrix[groups.length];
    Arrays.setAll(gradients, g -> groups[g].backward(symmetricCotangents[g]));
    return gradients;
  }
}
