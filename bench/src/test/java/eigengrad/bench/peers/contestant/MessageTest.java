package eigengrad.bench.peers.contestant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessageTest {

  @Test
  void parse_itsOwnLine_isTheSame() {
    Message message = Message.of("prepare", "dense", 64, -7L);
    assertEquals(Optional.of(message), Message.parse(message.line()));
    assertEquals("dense", message.word(0));
    assertEquals(64, message.whole(1));
    assertEquals(-7, message.whole(2));
  }

  @Test
  void parse_everyDouble_losesNoBit() {
    double[] numbers = {0.1, -0.0, Double.MIN_VALUE, Math.PI * 1e300, Double.NaN, 1 / 0.0};
    for (double number : numbers) {
      Message read = Message.parse(Message.of("values", number).line()).orElseThrow();
      assertEquals(number, read.number(0));
    }
  }

  @Test
  void parse_noArguments_isVerbAlone() {
    assertEquals(Optional.of(new Message("check", List.of())), Message.parse("@race check"));
  }

  @Test
  void parse_whatALibraryPrints_isNoMessage() {
    for (String line :
        List.of("", "check", "INFO: race check", "@race", "@race ", " @race check")) {
      assertEquals(Optional.empty(), Message.parse(line), line);
    }
  }

  @Test
  void of_textOfSeveralLines_isOneLine() {
    assertEquals("@race failed it broke badly", Message.of("failed", "it broke\n badly ").line());
  }

  @Test
  void word_missing_saysSo() {
    Message message = Message.of("time");
    assertThrows(IllegalArgumentException.class, () -> message.whole(0));
  }

  @Test
  void whole_noNumber_isRefused() {
    Message message = Message.of("time", "soon");
    assertThrows(IllegalArgumentException.class, () -> message.whole(0));
  }
}
