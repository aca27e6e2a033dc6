/** Memory that is kept, powers of two, and how work is shared out among threads. */
@org.jspecify.annotations.NullMarked
package eigengrad.linalg.internal.support;
