/** Symmetric eigendecompositions of ojAlgo's matrices, solved by eigengrad. */
@org.jspecify.annotations.NullMarked
package eigengrad.ojalgo;
