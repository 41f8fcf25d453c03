package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.platform.Sweep;

/**
 * Finds out what sites have on disk. Where the kernel counts, it tells of all of them in one answer; elsewhere somebody has
 * to look at every file, so each run looks for some time only.
 */
@ApplicationScoped
class UseSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(UseSweep.class.getName());

    /** Of each minute at most so long, so that even a thousand new sites are counted within the hour. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    /** More than can be counted in that time. */
    private static final int MOST = 1000;

    /** A site that could not be counted makes way for others this long. */
    private static final Duration PUT_OFF = Duration.ofHours(1);

    /** When counting a site failed. A restart forgets that, which costs one attempt. */
    private final Map<Long, Instant> failed = new ConcurrentHashMap<>();

    @Inject
    private Clock clock;

    @Inject
    private Host host;

    @Inject
    private SiteUses uses;

    @Override
    public String name() {
        return "disk-use";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration after() {
        return every();
    }

    @Override
    public void run() {
        var answer = host.call(VerbCall.read("disk-use")).result();
        if (answer.getBoolean("enforced")) {
            uses.counted(counts(answer.getJsonArray("sites")));
        } else {
            var again = clock.instant().minus(PUT_OFF);
            failed.values().removeIf(again::isAfter);
            var end = clock.instant().plus(AT_ONCE);
            uses.due(MOST + failed.size()).stream()
                    .filter(site -> !failed.containsKey(site))
                    .takeWhile(site -> clock.instant().isBefore(end))
                    .forEach(this::count);
        }
    }

    private void count(long site) {
        try {
            var found = host.call(VerbCall.read("site-use", site)).result();
            uses.counted(site, number(found, "bytes"), number(found, "files"), found.getBoolean("complete"));
        } catch (RuntimeException failure) {
            failed.put(site, clock.instant());
            LOG.log(Level.WARNING, "what site " + site + " has on disk is not known", failure);
        }
    }

    private static Map<Long, long[]> counts(JsonArray sites) {
        var counts = new HashMap<Long, long[]>();
        for (var site : sites.getValuesAs(JsonArray.class)) {
            counts.put(number(site, 0), new long[] {number(site, 1), number(site, 2)});
        }
        return counts;
    }

    private static long number(JsonArray array, int index) {
        return array.getJsonNumber(index).longValue();
    }

    private static long number(JsonObject object, String key) {
        return object.getJsonNumber(key).longValue();
    }
}
