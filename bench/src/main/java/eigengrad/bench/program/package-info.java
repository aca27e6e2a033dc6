/**
 * What every program of this module needs on a command line: words for wrong options, checks of
 * folders, an orderly stop and a description of the machine.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.bench.program;
