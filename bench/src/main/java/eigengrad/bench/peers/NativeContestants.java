package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.ContestantProgram;
import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** MKL and OpenBLAS, if their jars are on the class path. */
public final class NativeContestants {
  /** The processors for which OpenBLAS's AVX-512 kernels were written, in its own words. */
  private static final String AVX512_KERNELS = "SkylakeX";

  private final ClassLoader loader;
  private final Path cache;
  private final Consumer<String> skipped;

  /**
   * A search.
   *
   * @param loader whose class path is searched
   * @param cache folder that libraries are unpacked to
   * @param skipped told of each library that is not there, and what would bring it
   */
  public NativeContestants(ClassLoader loader, Path cache, Consumer<String> skipped) {
    this.loader = loader;
    this.cache = cache;
    this.skipped = skipped;
  }

  /**
   * Those found. OpenBLAS takes part as it comes and, where the processor has AVX-512, told to use
   * it: left alone it knows only the processors of its time.
   *
   * @return none, one or more
   */
  public List<Contestant> find() {
    List<Contestant> found = new ArrayList<>();
    unpack("MKL", "org/bytedeco/mkl/", "libmkl_rt.so.2", "mkl")
        .ifPresent(mkl -> found.add(contestant("MKL", mkl, Map.of())));
    unpack("OpenBLAS", "org/bytedeco/openblas/", "libopenblas.so.0", "peers")
        .ifPresent(openBlas -> addOpenBlas(openBlas, found));
    return found;
  }

  private static void addOpenBlas(NativeFiles.Unpacked library, List<Contestant> found) {
    found.add(contestant("OpenBLAS", library, Map.of()));
    if (Machine.hasAvx512()) {
      found.add(
          contestant(
              "OpenBLAS " + AVX512_KERNELS, library, Map.of("OPENBLAS_CORETYPE", AVX512_KERNELS)));
    }
  }

  private Optional<NativeFiles.Unpacked> unpack(
      String name, String packageFolder, String file, String profile) {
    String resource = packageFolder + NativeFiles.platform() + "/" + file;
    try {
      Optional<NativeFiles.Unpacked> library = NativeFiles.unpack(loader, resource, cache);
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

  private static Contestant contestant(
      String name, NativeFiles.Unpacked library, Map<String, String> environment) {
    return new Contestant(
        name,
        Kind.NATIVE,
        LibraryName.NATIVE,
        library.origin(),
        Contestant.ANY_THREADS,
        environment,
        Map.of(ContestantProgram.NATIVE_LIBRARY, library.file().toString()));
  }
}
