package org.berth.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which job begins next: one of whoever has the fewest at work, and among those the one that came first. So everybody
 * gets a turn, however many jobs others wish, and however short those are.
 */
final class WaitingRoom {

    /** Verbs mostly wait for others (disk, systemd, nginx), so more than there are cores. */
    static final int AT_ONCE = 8;

    /** Even if each takes as long as it can. */
    private static final int AT_ONCE_OF_ONE = 4;

    private final List<Waiting> waiting = new ArrayList<>();

    /** How many jobs of each person are at work. */
    private final Map<String, Integer> atWork = new HashMap<>();

    synchronized void enter(Waiting job) {
        waiting.add(job);
    }

    /** The job that begins now, if one may; it is at work until it has {@link #left}. */
    synchronized Optional<Waiting> next() {
        if (atWork.values().stream().mapToInt(Integer::intValue).sum() >= AT_ONCE) {
            return Optional.empty();
        }
        var firsts = new LinkedHashMap<String, Waiting>();
        waiting.stream()
                .filter(job -> !job.leavesRoom() || atWork(job) < AT_ONCE_OF_ONE)
                .forEach(job -> firsts.merge(job.person(), job, WaitingRoom::first));
        var next = firsts.values().stream()
                .min(Comparator.comparingInt(this::atWork).thenComparingInt(waiting::indexOf));
        next.ifPresent(job -> {
            waiting.remove(job);
            atWork.merge(job.person(), 1, Integer::sum);
        });
        return next;
    }

    /** It is no longer at work. */
    synchronized void left(Waiting job) {
        atWork.computeIfPresent(job.person(), (any, jobs) -> jobs == 1 ? null : jobs - 1);
    }

    private int atWork(Waiting job) {
        return atWork.getOrDefault(job.person(), 0);
    }

    /** Of one person's jobs, what is done in one step goes before what takes longer. */
    private static Waiting first(Waiting earlier, Waiting later) {
        return later.quick() && !earlier.quick() ? later : earlier;
    }
}
