package eigengrad.props;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Makes every property of the contracts start from the seed in the system property {@code
 * eigengrad.props.seed}, as a failure reports it; without it, or where it is empty, each run has
 * new seeds.
 */
public final class ChosenSeed implements AroundPropertyHook {
  /** The name of the system property. */
  public static final String PROPERTY = "eigengrad.props.seed";

  /** Called by jqwik. */
  public ChosenSeed() {}

  /** Applies to all properties of a contract. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String seed = System.getProperty(PROPERTY, "");
    if (!seed.isEmpty()) {
      context.attributes().setSeed(seed);
    }
    return property.execute();
  }
}
