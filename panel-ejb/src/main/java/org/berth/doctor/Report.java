package org.berth.doctor;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What an examination has found.
 *
 * @param examined how many sites were held against the host
 * @param busy sites that a job works on, by number with their names: they were not looked at
 */
public record Report(Instant takenAt, long examined, List<Finding> findings, SortedMap<Long, String> busy) {

    public Report {
        findings = List.copyOf(findings);
    }

    /** Whether everything is as it should be. */
    public boolean isHealthy() {
        return findings.isEmpty();
    }

    /** Whether there is anything that Berth can mend. */
    public boolean isRepairable() {
        return findings.stream().anyMatch(Finding::isRepairable);
    }
}
