package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.ContestantProgram;
import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.Machine;
import eigengrad.linalg.SymmetricEigen;
import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everyone who could take part, and which of them are here. */
final class Contestants {
  /** The processors for which OpenBLAS's AVX-512 kernels were written, in its own words. */
  private static final String AVX512_KERNELS = "SkylakeX";

  private static final String KERNELS = "eigengrad.simd";
  private static final int ANY = Integer.MAX_VALUE;

  private Contestants() {}

  /**
   * All whose library is there, eigengrad first.
   *
   * @param loader whose class path is searched for native libraries
   * @param natives folder that native libraries are unpacked to
   * @param skipped told of each native library that is not there, and what would bring it
   */
  static List<Contestant> find(ClassLoader loader, Path natives, Consumer<String> skipped) {
    List<Contestant> found = new ArrayList<>();
    found.add(ours());
    addMkl(loader, natives, skipped, found);
    addOpenBlas(loader, natives, skipped, found);
    found.add(peer("EJML", LibraryName.EJML, org.ejml.data.DMatrixRMaj.class, ANY));
    found.add(peer("ojAlgo", LibraryName.OJALGO, org.ojalgo.OjAlgoUtils.class, ANY));
    found.add(
        peer(
            "Commons Math",
            LibraryName.COMMONS_MATH,
            org.apache.commons.math3.linear.EigenDecomposition.class,
            1));
    found.add(
        peer(
            "Hipparchus",
            LibraryName.HIPPARCHUS,
            org.hipparchus.linear.EigenDecompositionSymmetric.class,
            1));
    found.add(peer("netlib", LibraryName.NETLIB, dev.ludovic.netlib.lapack.JavaLAPACK.class, 1));
    return found;
  }

  /** With the kernels that this JVM was told to use, if it was told. */
  private static Contestant ours() {
    String kernels = System.getProperty(KERNELS);
    return new Contestant(
        "eigengrad",
        Kind.OURS,
        LibraryName.EIGENGRAD,
        origin(SymmetricEigen.class),
        1,
        Map.of(),
        kernels == null ? Map.of() : Map.of(KERNELS, kernels));
  }

  private static void addMkl(
      ClassLoader loader, Path natives, Consumer<String> skipped, List<Contestant> found) {
    unpack(loader, "MKL", "org/bytedeco/mkl/", "libmkl_rt.so.2", "mkl", natives, skipped)
        .ifPresent(library -> found.add(inNative("MKL", library, Map.of())));
  }

  /** As it comes, and told to use AVX-512 where it may not think of that by itself. */
  private static void addOpenBlas(
      ClassLoader loader, Path natives, Consumer<String> skipped, List<Contestant> found) {
    Optional<NativeFiles.Unpacked> library =
        unpack(
            loader,
            "OpenBLAS",
            "org/bytedeco/openblas/",
            "libopenblas.so.0",
            "peers",
            natives,
            skipped);
    if (library.isEmpty()) {
      return;
    }
    found.add(inNative("OpenBLAS", library.get(), Map.of()));
    if (Machine.hasAvx512()) {
      found.add(
          inNative(
              "OpenBLAS " + AVX512_KERNELS,
              library.get(),
              Map.of("OPENBLAS_CORETYPE", AVX512_KERNELS)));
    }
  }

  private static Optional<NativeFiles.Unpacked> unpack(
      ClassLoader loader,
      String name,
      String packageFolder,
      String file,
      String profile,
      Path natives,
      Consumer<String> skipped) {
    String resource = packageFolder + NativeFiles.platform() + "/" + file;
    try {
      Optional<NativeFiles.Unpacked> library = NativeFiles.unpack(loader, resource, natives);
      if (library.isEmpty()) {
        skipped.accept(
            "%s: no %s on the class path; the Maven profile %s brings it for linux-x86_64"
                .formatted(name, resource, profile));
      }
      return library;
    } catch (IOException e) {
      skipped.accept("%s: cannot be unpacked (%s)".formatted(name, Folders.reason(e)));
      return Optional.empty();
    }
  }

  private static Contestant inNative(
      String name, NativeFiles.Unpacked library, Map<String, String> environment) {
    return new Contestant(
        name,
        Kind.NATIVE,
        LibraryName.NATIVE,
        library.origin(),
        ANY,
        environment,
        Map.of(ContestantProgram.NATIVE_LIBRARY, library.file().toString()));
  }

  private static Contestant peer(
      String name, LibraryName library, Class<?> member, int mostThreads) {
    return new Contestant(
        name, Kind.PEER, library, origin(member), mostThreads, Map.of(), Map.of());
  }

  /** The name of the jar that holds a class, or of the folder. */
  private static String origin(Class<?> member) {
    CodeSource source = member.getProtectionDomain().getCodeSource();
    return source == null ? "" : source.getLocation().getPath().replaceAll(".*/([^/]+)/?", "$1");
  }
}
