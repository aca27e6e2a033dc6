package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is found is a matter of time, and seen in benchmarks; that there is room is not. */
class AlignedBufferTest {
  private static final int LONG = 20_000;

  @Test
  void ensure_anyLength_leavesRoomBehindTheOrigin() {
    for (int length : new int[] {0, 1, 1000, LONG}) {
      AlignedBuffer buffer = new AlignedBuffer();
      buffer.ensure(length);
      assertTrue(buffer.origin() >= 0);
      assertTrue(buffer.origin() + length <= buffer.elements().length);
      assertEquals(AlignedBuffer.size(length), buffer.elements().length);
    }
  }

  @Test
  void ensure_shorterThenLonger_keepsTheArrayAsLongAsItServes() {
    AlignedBuffer buffer = new AlignedBuffer();
    buffer.ensure(LONG);
    double[] first = buffer.elements();
    int origin = buffer.origin();
    buffer.ensure(10);
    assertSame(first, buffer.elements());
    buffer.ensure(LONG);
    assertSame(first, buffer.elements());
    assertTrue(origin + LONG <= first.length);
    buffer.ensure(LONG + 1);
    assertNotSame(first, buffer.elements());
  }

  @Test
  void perWorker_moreWorkers_keepTheirBuffers() {
    AlignedBuffer[] two = AlignedBuffer.perWorker(new AlignedBuffer[0], 2, 10);
    AlignedBuffer[] three = AlignedBuffer.perWorker(two, 3, 20);
    assertSame(two[1], three[1]);
    for (AlignedBuffer buffer : three) {
      assertTrue(buffer.origin() + 20 <= buffer.elements().length);
    }
    assertSame(three, AlignedBuffer.perWorker(three, 1, 30));
  }
}
