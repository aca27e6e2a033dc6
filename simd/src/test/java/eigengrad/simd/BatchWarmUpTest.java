package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchWarmUpTest {
  private static final KernelSet KERNELS = Samples.compiled();

  @Test
  void of_solver_callsEveryKernelOnNumbers() {
    assertCalled(BatchSolver.class, KERNELS.batchSolver(), BatchWarmUp::of);
  }

  @Test
  void of_products_callsEveryKernelOnNumbers() {
    assertCalled(BatchProducts.class, KERNELS.batchProducts(), BatchWarmUp::of);
  }

  @Test
  void of_svd_callsEveryKernelOnNumbers() {
    assertCalled(BatchSvd.class, KERNELS.batchSvd(), SvdWarmUp::of);
  }

  /** Again and again: what one call leaves, the next one reads. */
  private static <T> void assertCalled(
      Class<T> family, T kernels, Function<T, Map<Kernel, Runnable>> of) {
    Set<String> called = new TreeSet<>();
    Object watched =
        Proxy.newProxyInstance(
            family.getClassLoader(),
            new Class<?>[] {family},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              Object nothing = method.invoke(kernels, arguments);
              for (Object argument : arguments) {
                if (argument instanceof double[] numbers) {
                  assertTrue(Arrays.stream(numbers).noneMatch(Double::isNaN), method.getName());
                }
              }
              return nothing;
            });
    Map<Kernel, Runnable> calls = of.apply(family.cast(watched));
    for (int i = 0; i < 20; i++) {
      calls.values().forEach(Runnable::run);
    }
    assertEquals(
        Arrays.stream(family.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        called);
  }
}
