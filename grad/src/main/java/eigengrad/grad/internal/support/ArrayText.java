package eigengrad.grad.internal.support;

import java.util.Arrays;

/** Arrays in the texts of records. */
public final class ArrayText {
  private static final int PRINTED_ELEMENTS = 12;

  private ArrayText() {}

  /** The elements, or how many there are where they are many. */
  public static String of(double[] x) {
    return x.length <= PRINTED_ELEMENTS ? Arrays.toString(x) : x.length + " numbers";
  }
}
