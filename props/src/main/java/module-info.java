/** Generators and tolerances for property-based tests of eigensolvers and their gradients. */
@org.jspecify.annotations.NullMarked
module eigengrad.props {
  requires transitive eigengrad.grad;
  requires transitive net.jqwik.api;
  requires static org.jspecify;
  requires static org.junit.platform.launcher;

  exports eigengrad.props;
}
