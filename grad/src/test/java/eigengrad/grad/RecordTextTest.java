package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.layers.LayerGradient;
import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;

/** Records with arrays are compared by content, and their texts are readable and short. */
class RecordTextTest {
  private static EigenTangent tangent(double value, double component) {
    return new EigenTangent(new double[] {value}, DenseMatrix.of(2, 1, component, 0));
  }

  @Test
  void tangent_equalContent_isEqual() {
    assertEquals(tangent(1, 2), tangent(1, 2));
    assertEquals(tangent(1, 2).hashCode(), tangent(1, 2).hashCode());
    assertNotEquals(tangent(1, 2), tangent(1, 3));
    assertNotEquals(tangent(1, 2), tangent(0, 2));
    assertNotEquals(tangent(1, 2), "a tangent");
  }

  @Test
  void tangent_toString_isReadableAndShort() {
    assertEquals(
        "EigenTangent[values=[1.0], vectors=DenseMatrix 2×1\n[[2.0]\n [0.0]]]",
        tangent(1, 2).toString());
    DenseMatrix many = DenseMatrix.wrap(200, 200, new double[40_000]);
    assertEquals(
        "EigenTangent[values=200 numbers, vectors=DenseMatrix 200×200]",
        new EigenTangent(new double[200], many).toString());
  }

  private static LayerGradient gradient(double input, double weight, double bias) {
    return new LayerGradient(
        DenseMatrix.of(1, 1, input), new double[] {weight}, new double[] {bias});
  }

  @Test
  void layerGradient_equalContent_isEqual() {
    assertEquals(gradient(1, 2, 3), gradient(1, 2, 3));
    assertEquals(gradient(1, 2, 3).hashCode(), gradient(1, 2, 3).hashCode());
    assertNotEquals(gradient(1, 2, 3), gradient(0, 2, 3));
    assertNotEquals(gradient(1, 2, 3), gradient(1, 0, 3));
    assertNotEquals(gradient(1, 2, 3), gradient(1, 2, 0));
    assertNotEquals(gradient(1, 2, 3), "a gradient");
  }

  @Test
  void layerGradient_toString_isReadableAndShort() {
    assertEquals(
        "LayerGradient[input=DenseMatrix 1×1\n[[1.0]], weight=[2.0], bias=[3.0]]",
        gradient(1, 2, 3).toString());
    DenseMatrix many = DenseMatrix.wrap(64, 200, new double[12_800]);
    String text = new LayerGradient(many, new double[64], new double[64]).toString();
    assertTrue(text.contains("weight=64 numbers") && text.length() < 100, text);
  }
}
