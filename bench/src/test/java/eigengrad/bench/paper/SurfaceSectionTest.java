package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SurfaceSectionTest {

  @Test
  void of_surfaceAndContours_areDrawn() {
    String html = SurfaceSection.of().render();
    assertTrue(html.contains("(λₖ/λ₁)^K"), html);
    String surface = SurfaceSection.surface().svg("surface");
    Xml.parse(surface);
    String contours = SurfaceSection.contours().svg("contours");
    Xml.parse(contours);
    // Blue, K = 19; purple, vermillion, green and orange, the shares.
    for (String colour :
        new String[] {"0,114,178", "181,84,143", "213,94,0", "0,158,115", "176,125,0"}) {
      assertTrue(contours.contains("stroke:rgb(" + colour + ")"), colour);
    }
  }
}
