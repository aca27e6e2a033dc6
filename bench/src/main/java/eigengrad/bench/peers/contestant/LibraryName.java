package eigengrad.bench.peers.contestant;

/** The libraries that a contestant's JVM can open. */
public enum LibraryName {
  /** This project. */
  EIGENGRAD,
  /** The native library that a system property names. */
  NATIVE,
  /** Efficient Java Matrix Library. */
  EJML,
  /** ojAlgo. */
  OJALGO,
  /** Apache Commons Math. */
  COMMONS_MATH,
  /** Hipparchus. */
  HIPPARCHUS,
  /** LAPACK in Java. */
  NETLIB;

  /**
   * Opens it.
   *
   * @param threads that it may use
   * @return the library, ready
   */
  public Library open(int threads) {
    return switch (this) {
      case EIGENGRAD -> new Eigengrad(threads);
      case NATIVE -> new NativeLapack();
      case EJML -> new Ejml(threads);
      case OJALGO -> new OjAlgo(threads);
      case COMMONS_MATH -> new CommonsMath();
      case HIPPARCHUS -> new Hipparchus();
      case NETLIB -> new Netlib();
    };
  }
}
