package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.berth.dns.DnsAccessUse;

/** Sites whose names are proven by records. */
@Dependent
class CertificateDnsUse implements DnsAccessUse {

    @Inject
    private CertificateRows rows;

    @Override
    public List<String> sites(long access) {
        return rows.sitesWithAccess(access);
    }
}
