package eigengrad.bench.paper;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Arrays of known length in a checkpoint, element by element. */
final class Numbers {
  private Numbers() {}

  static void write(DataOutputStream out, double[] numbers) throws IOException {
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  /** Reads as many numbers as there is room for. */
  static void read(DataInputStream in, double[] numbers) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
  }
}
