package org.berth.certificates;

import java.util.List;

/**
 * The certificates that certbot and acme.sh keep on this host.
 *
 * @param complete whether these are all
 */
public record FoundReport(List<FoundCertificate> certificates, boolean complete) {

    public FoundReport {
        certificates = List.copyOf(certificates);
    }

    /** Whether a site that signed its own could have one of them. */
    public boolean isOfUse() {
        return certificates.stream().anyMatch(FoundCertificate::isOfUse);
    }
}
