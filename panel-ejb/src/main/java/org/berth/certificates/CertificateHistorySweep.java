package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.berth.platform.Sweep;

/** Forgets certificates, orders and attempts of long ago, and those of sites that are gone. */
@ApplicationScoped
class CertificateHistorySweep implements Sweep {

    @Inject
    private CertificateHistory history;

    @Override
    public String name() {
        return "certificate-history";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        history.forgetOrders();
        history.forgetOlder();
        history.forgetTrials();
        history.forgetRemovedSites();
    }
}
