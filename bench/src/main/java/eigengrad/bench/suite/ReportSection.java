package eigengrad.bench.suite;

import eigengrad.bench.report.Chart;
import java.util.List;

/**
 * A part of the report.
 *
 * @param title its heading
 * @param text what it shows and how to read it
 * @param header names of the table's columns
 * @param rows the table, perhaps empty
 * @param charts drawn on the page, left out of the Markdown
 */
record ReportSection(
    String title,
    String text,
    List<String> header,
    List<List<String>> rows,
    List<? extends Chart> charts) {}
