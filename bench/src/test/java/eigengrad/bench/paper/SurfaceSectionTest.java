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
    assertTrue(surface.contains("ratio of the eigenvalues"), "its axis");
    String contours = SurfaceSection.contours().svg("contours");
    Xml.parse(contours);
    assertTrue(contours.contains(">K = 19<") && contours.contains(">5 %<"), contours);
  }
}
