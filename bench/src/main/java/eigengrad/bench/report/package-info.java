/**
 * What every report of this module is written with: pages, charts, Markdown tables and files that
 * are either whole or not there. Nothing here is aware of an experiment.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.report;
