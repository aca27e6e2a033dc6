package eigengrad.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A cross in the series' colour with a white rim, to be seen among lines of the same colour. */
final class BoldCross extends Marker {
  private static final BasicStroke RIM = new BasicStroke(6);
  private static final BasicStroke ARM = new BasicStroke(3);

  @Override
  public void paint(Graphics2D canvas, double x, double y, int size) {
    double arm = size / 2.0;
    Path2D cross = new Path2D.Double();
    cross.moveTo(x - arm, y - arm);
    cross.lineTo(x + arm, y + arm);
    cross.moveTo(x - arm, y + arm);
    cross.lineTo(x + arm, y - arm);
    Color color = canvas.getColor();
    canvas.setColor(Color.WHITE);
    canvas.setStroke(RIM);
    canvas.draw(cross);
    canvas.setColor(color);
    canvas.setStroke(ARM);
    canvas.draw(cross);
  }
}
