package org.berth.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Says which job begins next: one of whoever has the fewest at work, and among those the one that came first. So everybody
 * gets a turn, however many jobs others wish, and however short those are.
 */
final class WaitingRoom {

    /** Verbs mostly wait for others (disk, systemd, nginx), so more than there are cores. */
    static final int AT_ONCE = 10;

    /** What is done in one step finds a place, however many jobs wait for minutes for a certificate authority. */
    private static final int LONG_AT_ONCE = 8;

    /** Even if each takes as long as it can. */
    private static final int AT_ONCE_OF_ONE = 4;

    private final List<Waiting> waiting = new ArrayList<>();

    private final List<Waiting> atWork = new ArrayList<>();

    synchronized void enter(Waiting job) {
        waiting.add(job);
    }

    /** The job that begins now, if one may; it is at work until it has {@link #left}. */
    synchronized Optional<Waiting> next() {
        if (atWork.size() == AT_ONCE) {
            return Optional.empty();
        }
        var longIsFree = atWork.stream().filter(job -> !job.quick()).count() < LONG_AT_ONCE;
        var firsts = new LinkedHashMap<String, Waiting>();
        waiting.stream()
                .filter(job -> job.quick() || longIsFree)
                .filter(job -> !job.leavesRoom() || atWork(job) < AT_ONCE_OF_ONE)
                .forEach(job -> firsts.merge(job.person(), job, WaitingRoom::first));
        var next = firsts.values().stream()
                .min(Comparator.comparingLong(this::atWork).thenComparingInt(waiting::indexOf));
        next.ifPresent(job -> {
            waiting.remove(job);
            atWork.add(job);
        });
        return next;
    }

    /** It is no longer at work. */
    synchronized void left(Waiting job) {
        atWork.remove(job);
    }

    /** How many jobs of the same person are. */
    private long atWork(Waiting job) {
        return atWork.stream()
                .filter(other -> other.person().equals(job.person()))
                .count();
    }

    /** Of one person's jobs, what is done in one step goes before what takes longer. */
    private static Waiting first(Waiting earlier, Waiting later) {
        return later.quick() && !earlier.quick() ? later : earlier;
    }
}
