/**
 * Spark ML estimators, models and transformers whose linear algebra is eigengrad's.
 *
 * <p>Sources are Java; they are used from Java, from Scala and through the JVM gateway of PySpark
 * like Spark's own stages. Needs Spark 4 for Scala 2.13 on Java 21 or later.
 */
@org.jspecify.annotations.NullMarked
package eigengrad.spark;
