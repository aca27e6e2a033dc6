/** How the work of one solve is shared out among threads. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.parallel;
