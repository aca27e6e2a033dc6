package eigengrad.grad.internal.eigen;

import eigengrad.simd.Kernels;

/**
 * The recurrence of MINRES for one right-hand side b of a symmetric operator B: a step of Lanczos'
 * method, a rotation that goes on with the QR factorisation of the tridiagonal matrix, and an
 * update of the solution that minimises ‖b − Bx‖₂.
 *
 * <p>Cost of a step beside the product: some 12n flops. Source: C. C. Paige and M. A. Saunders,
 * <i>Solution of Sparse Indefinite Systems of Linear Equations</i>, SIAM J. Numer. Anal. 12 (1975);
 * S.-C. T. Choi, C. C. Paige and M. A. Saunders, <i>MINRES-QLP</i>, SIAM J. Sci. Comput. 33 (2011),
 * for the norm of B times the residual.
 */
final class MinresColumn {
  /** An eigenvalue of B so small, relative to ‖B‖, counts as 0. */
  private static final double NULL = 0x1p-40;

  private final int index;
  private final double scale;
  private final int n;
  private final double[] solution;
  private double[] direction;
  private double[] last;
  private double[] update;
  private double[] lastUpdate;

  private double beta;
  private double cosine = -1;
  private double sine;
  private double nextDiagonal;
  private double nextAbove;

  /** ‖b − Bx‖/‖b‖. */
  private double residual = 1;

  /** Whether B times what is left of b vanishes: no x leaves less. */
  private boolean exhausted;

  /** ‖B‖, from below. */
  private double norm;

  /**
   * Starts with x = 0.
   *
   * @param norm of b, &gt; 0
   * @param b taken over
   */
  MinresColumn(int index, double norm, double[] b) {
    this.index = index;
    this.scale = norm;
    this.n = b.length;
    this.direction = b;
    this.last = new double[n];
    this.update = new double[n];
    this.lastUpdate = new double[n];
    this.solution = new double[n];
    divide(direction, norm);
  }

  int index() {
    return index;
  }

  /** ‖b‖: the solution is that for b/‖b‖. */
  double scale() {
    return scale;
  }

  double[] solution() {
    return solution;
  }

  /** The unit vector to be multiplied by B. */
  double[] direction() {
    return direction;
  }

  double residual() {
    return residual;
  }

  /** ‖b − Bx‖/(‖b‖ + ‖B‖‖x‖). */
  double backwardError() {
    return residual / (1 + norm * Kernels.level1().norm(n, solution, 0));
  }

  /** Whether what is left of b lies in the null space of B. */
  boolean isExhausted() {
    return exhausted;
  }

  /** Whether x is as large as only an eigenvalue that counts as 0 makes it. */
  boolean isUnbounded() {
    return norm * Kernels.level1().norm(n, solution, 0) * NULL >= 1;
  }

  /** One step with the product B·direction, which stands in an array. */
  void step(double[] product, int at) {
    double alpha = Kernels.level1().dot(n, direction, 0, product, at);
    Kernels.level1().axpy(n, -alpha, direction, 0, product, at);
    Kernels.level1().axpy(n, -beta, last, 0, product, at);
    double before = beta;
    beta = Kernels.level1().norm(n, product, at);
    norm = Math.max(norm, Math.hypot(alpha, Math.hypot(before, beta)));

    double above = nextAbove;
    double beside = cosine * nextDiagonal + sine * alpha;
    double turned = sine * nextDiagonal - cosine * alpha;
    nextAbove = sine * beta;
    nextDiagonal = -cosine * beta;
    exhausted = Math.hypot(turned, nextDiagonal) <= NULL * norm;
    if (exhausted) {
      return;
    }
    double diagonal = Math.hypot(turned, beta);
    cosine = turned / diagonal;
    sine = beta / diagonal;
    advance(above, beside, diagonal, cosine * residual);
    residual *= sine;
    follow(product, at);
  }

  /** w ← (v − εw₁ − δw₂)/γ, x ← x + φw; signs of φ and residual are those of the rotations. */
  private void advance(double above, double beside, double diagonal, double length) {
    double[] next = lastUpdate;
    for (int i = 0; i < n; i++) {
      next[i] = (direction[i] - above * lastUpdate[i] - beside * update[i]) / diagonal;
      solution[i] += length * next[i];
    }
    lastUpdate = update;
    update = next;
  }

  private void follow(double[] product, int at) {
    double[] next = last;
    last = direction;
    direction = next;
    if (beta > 0) {
      System.arraycopy(product, at, next, 0, n);
      divide(next, beta);
    }
  }

  private static void divide(double[] x, double divisor) {
    for (int i = 0; i < x.length; i++) {
      x[i] /= divisor;
    }
  }
}
