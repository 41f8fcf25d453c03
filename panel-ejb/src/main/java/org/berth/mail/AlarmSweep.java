package org.berth.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.berth.certificates.CertificateRow;
import org.berth.certificates.Certificates;
import org.berth.platform.PageRequest;
import org.berth.platform.Sweep;
import org.berth.security.Actor;
import org.berth.services.Health;

/** Looks what is wrong, and has it told. */
@ApplicationScoped
class AlarmSweep implements Sweep {

    @Inject
    private Health health;

    @Inject
    private Certificates certificates;

    @Inject
    private AlarmLedger ledger;

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration after() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        var found = new ArrayList<Alarm>();
        health.view(Actor.SYSTEM)
                .reasons()
                .forEach(reason -> Alarm.ofHealth(reason).ifPresent(found::add));
        needingAttention().forEach(row -> Alarm.ofCertificate(row).ifPresent(found::add));
        ledger.compare(found);
    }

    private List<CertificateRow> needingAttention() {
        var all = new ArrayList<CertificateRow>();
        while (true) {
            var page = certificates.list(
                    Actor.SYSTEM,
                    new PageRequest(all.size(), PageRequest.MAX_LIMIT, "site", true, "", Map.of("attention", "true")));
            all.addAll(page.rows());
            if (page.rows().size() < PageRequest.MAX_LIMIT) {
                return all;
            }
        }
    }
}
