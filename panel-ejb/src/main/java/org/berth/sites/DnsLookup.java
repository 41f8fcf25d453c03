package org.berth.sites;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.InetAddresses;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Looks names up beside the requests: an answer is there the next time somebody asks, and kept for a short while. A slow
 * name server costs a thread of its own, never a page.
 */
@ApplicationScoped
class DnsLookup {

    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int MOST_KEPT = 5_000;
    private static final int MOST_AT_ONCE = 4;

    private final Cache<String, List<String>> answers = CacheBuilder.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumSize(MOST_KEPT)
            .build();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    @Resource
    private ManagedExecutorService executor;

    /** Addresses the name leads to; empty while that is not known, an empty list when it leads nowhere. */
    Optional<List<String>> found(String name) {
        var known = Optional.ofNullable(answers.getIfPresent(name));
        if (known.isEmpty() && asking.size() < MOST_AT_ONCE && asking.add(name)) {
            executor.execute(() -> ask(name));
        }
        return known;
    }

    private void ask(String name) {
        try {
            // The dot at the end keeps the resolver from trying the host's own domain.
            answers.put(
                    name,
                    Stream.of(InetAddress.getAllByName(name + "."))
                            .map(InetAddresses::toAddrString)
                            .toList());
        } catch (UnknownHostException nowhere) {
            answers.put(name, List.of());
        } finally {
            asking.remove(name);
        }
    }
}
