package org.berth.dns;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/** Removes records whose holder could not: the name server was down, or the job ended before. */
@ApplicationScoped
class LeftRecordsSweep implements Sweep {

    /** No issuance takes so long. */
    private static final Duration LEFT_AFTER = Duration.ofHours(1);

    @Inject
    private ChallengeRecords records;

    @Inject
    private DnsLedger ledger;

    @Override
    public String name() {
        return "dns-records-left";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    @Override
    public void run() {
        records.removeOlderThan(LEFT_AFTER, ledger.besideJobs(name(), name(), Actor.SYSTEM));
    }
}
