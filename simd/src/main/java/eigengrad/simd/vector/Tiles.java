package eigengrad.simd.vector;

import eigengrad.simd.RegisterTiles;

/** The sizes of tiles for this processor. */
final class Tiles {
  static final RegisterTiles SIZES = RegisterTiles.ofProcessor(Width.BITS);

  private Tiles() {}
}
