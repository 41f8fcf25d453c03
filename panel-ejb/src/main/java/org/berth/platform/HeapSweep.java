package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Gives back what a start, or a busy hour, has left of memory. The serial collector makes the heap smaller only when it collects
 * the whole of it, and a panel at rest gives it no reason to. Takes some tenths of a second
 * (docs/adr/0012-first-compiler-only.md).
 */
@ApplicationScoped
class HeapSweep implements Sweep {

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    /** When a start has ended, and who waited for it has a page. */
    @Override
    public Duration after() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void run() {
        ManagementFactory.getMemoryMXBean().gc();
    }
}
