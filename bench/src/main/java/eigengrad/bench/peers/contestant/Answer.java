package eigengrad.bench.peers.contestant;

/**
 * How good a contestant's answer is.
 *
 * @param residual LAPACK's ratio ‖A − VΛVᵀ‖₁/(‖A‖₁·n·u') or ‖A − UΣVᵀ‖₁/(‖A‖₁·m·u'); for a product
 *     the like, on one vector; 0 where values come alone
 * @param orthogonality LAPACK's ratio ‖I − VᵀV‖₁/(n·u'), the larger of U's and V's for singular
 *     vectors; 0 where there are no vectors
 * @param values eigenvalues or singular values, ascending; none for a product
 */
public record Answer(double residual, double orthogonality, double[] values) {}
