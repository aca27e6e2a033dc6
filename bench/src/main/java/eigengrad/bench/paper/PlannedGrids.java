package eigengrad.bench.paper;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is trained for the tables and figures that were asked for. Those that were not are empty.
 *
 * @param table1 of whitening
 * @param figure1 losses of whitening, those of Table 1 included
 * @param table2 of denoising, losses included
 * @param energies Figure 3, by energy kept
 * @param vectors Figure 3, by vectors kept
 * @param iterations Figure 3, by K
 */
record PlannedGrids(
    Grid table1, Grid figure1, Grid table2, Grid energies, Grid vectors, Grid iterations) {

  /** In the order of training. */
  List<Grid> all() {
    return Stream.of(figure1, table2, energies, vectors, iterations)
        .filter(grid -> !grid.isEmpty())
        .toList();
  }
}
