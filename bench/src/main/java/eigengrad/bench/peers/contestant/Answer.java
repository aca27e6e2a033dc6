package eigengrad.bench.peers.contestant;

/**
 * How good a contestant's answer is.
 *
 * @param residual LAPACK's ratio ‖A − VΛVᵀ‖₁/(‖A‖₁·n·u'); for a product the like, on one vector; 0
 *     where eigenvalues come alone
 * @param orthogonality LAPACK's ratio ‖I − VᵀV‖₁/(n·u'); 0 where there are no vectors
 * @param values eigenvalues, ascending; none for a product
 */
public record Answer(double residual, double orthogonality, double[] values) {}
