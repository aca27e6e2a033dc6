package eigengrad.bench.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the probes of a run reached on one thread. */
final class Peaks {
  private final List<JmhResult> probes;

  Peaks(SuiteResults results) {
    this.probes = results.jmh().stream().filter(r -> r.family().equals("Probe")).toList();
  }

  /** GFLOP/s of multiply-adds in registers; nothing if that was not measured. */
  Optional<Double> gigaflops() {
    return probes.stream()
        .filter(probe -> probe.method().equals("fma"))
        .map(probe -> Work.of(probe).gigaflops(probe.nanos()))
        .findFirst();
  }

  /** The measured reads, the smallest memory first. */
  List<Bandwidth> reads() {
    return probes.stream()
        .filter(probe -> probe.method().equals("read"))
        .map(p -> new Bandwidth(p.number("kilobytes"), Work.of(p).gigabytes(p.nanos())))
        .sorted(Comparator.comparingInt(Bandwidth::kilobytes))
        .toList();
  }

  /**
   * Reading from a memory of a size.
   *
   * @param kilobytes of the memory
   * @param gigabytes per second
   */
  record Bandwidth(int kilobytes, double gigabytes) {

    /** The size in words. */
    String size() {
      return kilobytes < 1024 ? kilobytes + " KB" : kilobytes / 1024 + " MB";
    }
  }
}
