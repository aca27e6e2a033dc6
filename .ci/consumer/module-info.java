/** Somebody's program. */
module consumer {
  requires eigengrad.grad;
}
