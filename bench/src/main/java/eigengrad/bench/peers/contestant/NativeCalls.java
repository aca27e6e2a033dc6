package eigengrad.bench.peers.contestant;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The functions of the one native library of this JVM. The library is named by a system property
 * since handles are inlined only from static final fields, and two libraries in one process would
 * resolve each other's symbols.
 *
 * <p>Fortran passes everything by address, and behind all arguments the length of every string.
 */
@SuppressWarnings("restricted")
final class NativeCalls {
  private static final int TEXT_LENGTH = 256;
  private static final Pattern MKL_KERNELS = Pattern.compile("libmkl_(def|mc3|avx2|avx512)\\.so");

  private static final SymbolLookup SYMBOLS =
      SymbolLookup.libraryLookup(
          Path.of(System.getProperty(ContestantProgram.NATIVE_LIBRARY, "")), Arena.global());
  private static final MethodHandle DSYEVD = fortran("dsyevd_", 11, 2);
  private static final MethodHandle SSYEVD = fortran("ssyevd_", 11, 2);
  private static final MethodHandle DGESDD = fortran("dgesdd_", 14, 1);
  private static final MethodHandle SGESDD = fortran("sgesdd_", 14, 1);
  private static final MethodHandle DGEMM = fortran("dgemm_", 13, 2);

  private NativeCalls() {}

  /** LAPACK's {@code ssyevd} or {@code dsyevd}, with its arguments. */
  static void syevd(
      boolean single,
      MemorySegment jobz,
      MemorySegment uplo,
      MemorySegment n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment work,
      MemorySegment lwork,
      MemorySegment iwork,
      MemorySegment liwork,
      MemorySegment info) {
    try {
      if (single) {
        SSYEVD.invokeExact(jobz, uplo, n, a, n, w, work, lwork, iwork, liwork, info, 1L, 1L);
      } else {
        DSYEVD.invokeExact(jobz, uplo, n, a, n, w, work, lwork, iwork, liwork, info, 1L, 1L);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(single ? "ssyevd" : "dsyevd", e);
    }
  }

  /**
   * LAPACK's {@code sgesdd} or {@code dgesdd}, with its arguments; the leading dimension of U is m.
   */
  static void gesdd(
      boolean single,
      MemorySegment jobz,
      MemorySegment m,
      MemorySegment n,
      MemorySegment a,
      MemorySegment s,
      MemorySegment u,
      MemorySegment vt,
      MemorySegment work,
      MemorySegment lwork,
      MemorySegment iwork,
      MemorySegment info) {
    try {
      if (single) {
        SGESDD.invokeExact(jobz, m, n, a, m, s, u, m, vt, n, work, lwork, iwork, info, 1L);
      } else {
        DGESDD.invokeExact(jobz, m, n, a, m, s, u, m, vt, n, work, lwork, iwork, info, 1L);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(single ? "sgesdd" : "dgesdd", e);
    }
  }

  /** BLAS's {@code dgemm} for square matrices without transposition. */
  static void dgemm(
      MemorySegment no,
      MemorySegment n,
      MemorySegment alpha,
      MemorySegment a,
      MemorySegment b,
      MemorySegment beta,
      MemorySegment c) {
    try {
      DGEMM.invokeExact(no, no, n, n, n, alpha, a, n, b, n, beta, c, n, 1L, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException("dgemm", e);
    }
  }

  /** What the library says of itself: version, kernels, threads. */
  static String description() {
    try {
      return SYMBOLS.find("openblas_get_config").isPresent() ? openBlas() : mkl();
    } catch (Throwable e) {
      throw new IllegalStateException("description", e);
    }
  }

  private static String openBlas() throws Throwable {
    MemorySegment text = (MemorySegment) c("openblas_get_config", ADDRESS).invokeExact();
    int threads = (int) c("openblas_get_num_threads", JAVA_INT).invokeExact();
    return text.reinterpret(TEXT_LENGTH).getString(0) + "; threads " + threads;
  }

  private static String mkl() throws Throwable {
    int threads = (int) c("mkl_get_max_threads", JAVA_INT).invokeExact();
    MethodHandle version =
        Linker.nativeLinker()
            .downcallHandle(
                SYMBOLS.findOrThrow("mkl_get_version_string"),
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(TEXT_LENGTH);
      version.invokeExact(text, TEXT_LENGTH - 1);
      return "%s; kernels %s; threads %d"
          .formatted(text.getString(0).strip(), mklKernels(), threads);
    }
  }

  /** MKL loads a file for the processor that it takes this one for. */
  private static String mklKernels() throws IOException {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings
          .map(MKL_KERNELS::matcher)
          .filter(Matcher::find)
          .map(Matcher::group)
          .findFirst()
          .orElse("unknown");
    }
  }

  private static MethodHandle fortran(String name, int arguments, int strings) {
    MemoryLayout[] layouts =
        Stream.concat(
                Stream.generate(() -> ADDRESS).limit(arguments),
                Stream.generate(() -> JAVA_LONG).limit(strings))
            .toArray(MemoryLayout[]::new);
    return Linker.nativeLinker()
        .downcallHandle(SYMBOLS.findOrThrow(name), FunctionDescriptor.ofVoid(layouts));
  }

  private static MethodHandle c(String name, MemoryLayout result) {
    return Linker.nativeLinker()
        .downcallHandle(SYMBOLS.findOrThrow(name), FunctionDescriptor.of(result));
  }
}
