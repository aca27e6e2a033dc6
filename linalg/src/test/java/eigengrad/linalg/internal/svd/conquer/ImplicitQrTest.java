package eigengrad.linalg.internal.svd.conquer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals.Bidiagonal;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImplicitQrTest {
  private final ImplicitQr qr = new ImplicitQr();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 30, 60})
  void solve_hostileMatrix_isAccurate(int n) {
    HostileBidiagonals.all(n).forEach((name, b) -> solved(b).requireAccurate(name + ", " + n));
  }

  /** Their product is that of the diagonal: it would be lost if a small one were only near. */
  @Test
  void solve_gradedMatrix_smallValuesAreRelativelyAccurate() {
    for (int sign : new int[] {-1, 1}) {
      Bidiagonal b =
          Bidiagonal.of(
              20,
              i -> Math.pow(10, sign * 14.0 * (i - 10)),
              i -> Math.pow(10, sign * 14.0 * (i - 10)));
      double[] values = solved(b.scaledToOne()).values();
      BigDecimal ratio = BigDecimal.ONE;
      for (int i = 0; i < 20; i++) {
        ratio =
            ratio
                .multiply(new BigDecimal(values[i]))
                .divide(new BigDecimal(b.scaledToOne().d()[i]), MathContext.DECIMAL128);
      }
      assertEquals(1, ratio.doubleValue(), 20 * 20 * 0x1p-52);
    }
  }

  /** Sweeps with and without a shift took turns, and each undid what the other had done. */
  @Test
  void solve_tiesAroundASmallerValue_converges() {
    double[] d = {
      1.4999578985702497,
      -0.10335932034028598,
      -5.541054424382771e-10,
      1.3051752502425944,
      3.499164452085611e-5,
      7.350602352582026e-12,
      1.8736303256529697e-16,
      1.4579200181197377e-16
    };
    double[] e = {
      -1.3211302162806777,
      -0.23781947995326358,
      -1.5154265294386313,
      -7.909743347753411e-11,
      -1.9999999996938942,
      1.596898357052167e-16,
      2.8740133042902876e-18
    };
    solved(Bidiagonal.of(8, i -> d[i], i -> e[i])).requireAccurate("ties");
  }

  private SolvedBidiagonal solved(Bidiagonal b) {
    return SolvedBidiagonal.of(
        b,
        (n, d, e, u, uOffset, ldu, v, vOffset, ldv) -> {
          for (int j = 0; j < n; j++) {
            u[uOffset + j * ldu + j] = 1;
            v[vOffset + j * ldv + j] = 1;
          }
          int left =
              qr.solve(n, d, 0, e, 0, u, n, uOffset, ldu, v, n, vOffset, ldv, 30, Crew.alone());
          DescendingOrder order = new DescendingOrder();
          order.sort(n, d);
          order.permute(n, u, uOffset, ldu);
          order.permute(n, v, vOffset, ldv);
          return left;
        });
  }
}
