package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SvdWarmUpTest {
  @Test
  void of_anyFamily_callsEveryKernelOnNumbers() {
    Set<String> called = new TreeSet<>();
    BatchSvd kernels = Samples.compiled().batchSvd();
    BatchSvd watched =
        (BatchSvd)
            Proxy.newProxyInstance(
                BatchSvd.class.getClassLoader(),
                new Class<?>[] {BatchSvd.class},
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
    Runnable[] calls = SvdWarmUp.of(watched);
    for (int i = 0; i < 20; i++) {
      Arrays.stream(calls).forEach(Runnable::run);
    }
    assertEquals(
        Arrays.stream(BatchSvd.class.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        called);
  }
}
