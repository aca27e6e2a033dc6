package eigengrad.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the calling thread has allocated. */
final class ThreadAllocation {
  private static final boolean KNOWN =
      ModuleLayer.boot().findModule("jdk.management").isPresent() && HotSpot.isEnabled();

  private ThreadAllocation() {}

  /** So many bytes until now; less than 0 where the JVM does not tell. */
  static long bytes() {
    return KNOWN ? HotSpot.allocatedBytes() : -1;
  }

  /** To be loaded only where the module {@code jdk.management} is there. */
  private static final class HotSpot {
    static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    static boolean isEnabled() {
      return THREADS != null
          && THREADS.isThreadAllocatedMemorySupported()
          && THREADS.isThreadAllocatedMemoryEnabled();
    }

    static long allocatedBytes() {
      return THREADS.getCurrentThreadAllocatedBytes();
    }
  }
}
