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

    @Inject
    KnownCertificates(CertificateRows rows) {
        this.rows = rows;
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
}
