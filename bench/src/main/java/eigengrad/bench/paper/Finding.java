package eigengrad.bench.paper;

import eigengrad.bench.report.WholeFile;
import eigengrad.bench.truth.AlongTraining;
import eigengrad.bench.truth.NearlyWhite;
import eigengrad.bench.truth.TieApproach;
import j2html.tags.specialized.SectionTag;
import java.util.List;

/**
 * What an experiment found that is no sweep of runs.
 *
 * @param experiment which
 * @param csv all its figures
 * @param sections of the page
 * @param verdict lines for a terminal
 */
record Finding(
    Experiment experiment, WholeFile.Content csv, List<SectionTag> sections, List<String> verdict) {

  static Finding of(TieApproach approach) {
    return new Finding(Experiment.TIE, approach::writeCsv, approach.sections(), approach.verdict());
  }

  static Finding of(AlongTraining truth) {
    return new Finding(Experiment.TRUTH, truth::writeCsv, truth.sections(), truth.verdict());
  }

  static Finding of(NearlyWhite white) {
    return new Finding(Experiment.WHITE, white::writeCsv, white.sections(), white.verdict());
  }

  /** The name of its file of figures. */
  String file() {
    return experiment.word() + ".csv";
  }
}
