package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.berth.sites.ServedCertificates;

/** Tells sites of the certificates that they answer with. */
@Dependent
class KnownCertificates implements ServedCertificates {

    private final CertificateRows rows;
    private final IssueLedger ledger;

    @Inject
    KnownCertificates(CertificateRows rows, IssueLedger ledger) {
        this.rows = rows;
        this.ledger = ledger;
    }

    @Override
    public Optional<Served> of(long site) {
        return rows.served(site)
                .filter(served -> served.chain().isPresent())
                .map(Certificate::issued)
                .map(certificate -> new Served(
                        Set.copyOf(certificate.names()),
                        certificate.notAfter(),
                        CertificateTrust.doubt(certificate).isEmpty()));
    }

    @Override
    public Map<Long, Instant> ends(Collection<Long> sites) {
        return rows.ends(sites);
    }

    @Override
    public Optional<Integer> number(long site) {
        return rows.served(site).map(Certificate::number);
    }

    @Override
    public Map<Long, Integer> numbers() {
        return rows.numbers();
    }

    @Override
    public Map<Long, Integer> ordered() {
        return rows.ordered();
    }

    @Override
    public void shown(long site, int number) {
        ledger.shown(site, number);
    }
}
