/** EJML's interface of the symmetric eigendecomposition, solved by eigengrad. */
@org.jspecify.annotations.NullMarked
package eigengrad.ejml;
