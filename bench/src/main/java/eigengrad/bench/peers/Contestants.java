package eigengrad.bench.peers;

import static eigengrad.bench.peers.Contestant.ANY_THREADS;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.simd.Kernels;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everyone who takes part. */
public final class Contestants {
  /** Of one solve, as {@code Parallelism} says. */
  private static final int MOST_THREADS_OF_OURS = 16;

  private Contestants() {}

  /**
   * eigengrad first, then the native libraries that were found, then those of the JVM.
   *
   * @param natives the native libraries
   * @return everyone
   */
  public static List<Contestant> with(List<Contestant> natives) {
    List<Contestant> all = new ArrayList<>();
    all.add(ours());
    all.addAll(natives);
    all.add(peer("EJML", LibraryName.EJML, org.ejml.data.DMatrixRMaj.class, ANY_THREADS));
    all.add(peer("ojAlgo", LibraryName.OJALGO, org.ojalgo.OjAlgoUtils.class, ANY_THREADS));
    all.add(
        peer(
            "Commons Math",
            LibraryName.COMMONS_MATH,
            org.apache.commons.math3.linear.EigenDecomposition.class,
            1));
    all.add(
        peer(
            "Hipparchus",
            LibraryName.HIPPARCHUS,
            org.hipparchus.linear.EigenDecompositionSymmetric.class,
            1));
    all.add(peer("netlib", LibraryName.NETLIB, dev.ludovic.netlib.lapack.JavaLAPACK.class, 1));
    return all;
  }

  /** With the kernels that this JVM was told to use, if it was told. */
  private static Contestant ours() {
    String kernels = System.getProperty(Kernels.PROPERTY);
    return new Contestant(
        "eigengrad",
        Kind.OURS,
        LibraryName.EIGENGRAD,
        origin(SymmetricEigen.class),
        MOST_THREADS_OF_OURS,
        Map.of(),
        kernels == null ? Map.of() : Map.of(Kernels.PROPERTY, kernels));
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
