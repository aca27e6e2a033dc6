package eigengrad.bench.jmh;

import eigengrad.simd.KernelSet;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A kernel with its arguments, to be called any number of times: no update grows. */
enum KernelOperation {
  DOT {
    @Override
    void run(KernelSet kernels, KernelData d) {
      d.sums[0] = kernels.level1().dot(d.n, d.a, 0, d.b, 0);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.sums;
    }
  },
  AXPY {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.level1().axpy(d.n, KernelData.SMALL, d.x, 0, d.y, 0);
    }
  },
  GEMV {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.level2().gemv(d.n, d.n, 1, d.a, 0, d.n, d.x, 0, 0, d.y, 0);
    }
  },
  SYMV {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.level2().symv(d.n, 1, d.a, 0, d.n, d.x, 0, 0, d.y, 0);
    }
  },
  SYR2_SYMV {
    @Override
    void run(KernelSet kernels, KernelData d) {
      int strips = d.n / kernels.reduction().stripRows();
      kernels
          .reduction()
          .syr2Symv(0, strips, 0, d.small, d.small, d.strips, 0, d.x, d.y, d.work, 0);
    }
  },
  GEMM {
    @Override
    void run(KernelSet kernels, KernelData d) {
      int n = d.n;
      d.gemm.multiply(Transpose.NO, Transpose.NO, n, n, n, d.a, d.b, d.c);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.c;
    }
  },
  ROTATE_CHAIN {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.level1().rotateChain(d.n, d.n - 1, d.a, 0, d.n, d.cosines, d.sines);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.a;
    }
  },
  SECULAR_SUMS {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.tridiagonal().secularSums(d.n, d.cosines, 0, d.gaps, 0, 0.5, d.sums);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.sums;
    }
  },
  LAGUERRE_STEPS {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels
          .tridiagonal()
          .laguerreSteps(
              d.n,
              d.diagonal,
              0,
              d.negatedSquares,
              0,
              0,
              d.n,
              d.shifts,
              d.below,
              d.near,
              d.far,
              d.work);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.near;
    }
  },
  TWISTED_VECTORS {
    @Override
    void run(KernelSet kernels, KernelData d) {
      for (int first = 0; first < d.n; first += KernelData.PANEL) {
        kernels
            .tridiagonal()
            .twistedVectors(
                d.n,
                d.diagonal,
                0,
                d.offDiagonal,
                0,
                first,
                KernelData.PANEL,
                d.eigenvalues,
                d.near,
                d.far,
                d.c,
                first * d.n,
                KernelData.PANEL,
                d.work);
      }
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return Arrays.stream(d.c).map(Math::abs).toArray();
    }
  },
  APPLY_REFLECTORS {
    @Override
    void run(KernelSet kernels, KernelData d) {
      int columns = kernels.reduction().reflectorColumns(4, d.n);
      for (int j = 0; j < d.n; j += columns) {
        kernels
            .reduction()
            .applyReflectors(
                4, d.n, columns, d.reflectors, 0, d.reflectorFactor, 0, d.tiles, j * d.n);
      }
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return IntStream.range(0, d.n)
          .mapToDouble(i -> d.tiles[i * kernels.reduction().reflectorColumns(4, d.n)])
          .toArray();
    }
  },
  TRANSPOSE {
    @Override
    void run(KernelSet kernels, KernelData d) {
      kernels.transposition().transpose(d.n, d.n, d.a, 0, d.n, d.c, 0, d.n);
    }

    @Override
    double[] result(KernelSet kernels, KernelData d) {
      return d.c;
    }
  };

  /** Largest difference between two kernel sets, relative to the largest element. */
  private static final double TOLERANCE = 1e-9;

  /** One call. */
  abstract void run(KernelSet kernels, KernelData d);

  /** What is compared, the same for every kernel set. */
  double[] result(KernelSet kernels, KernelData d) {
    return d.y;
  }

  /**
   * Compares one call with the scalar kernels'.
   *
   * @throws IllegalStateException if the results differ by more than rounding
   */
  void check(KernelSet kernels, int n) {
    double[] expected = resultOfOneCall(Kernels.scalar(), n);
    double[] actual = resultOfOneCall(kernels, n);
    requireEqual(name() + " on " + kernels.name(), expected, actual);
  }

  static void requireEqual(String what, double[] expected, double[] actual) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale)) {
        throw new IllegalStateException(
            "%s: element %d is %s instead of %s".formatted(what, i, actual[i], expected[i]));
      }
    }
  }

  private double[] resultOfOneCall(KernelSet kernels, int n) {
    KernelData data = new KernelData(kernels, n);
    run(kernels, data);
    return result(kernels, data);
  }
}
