package org.berth.web.dns;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.berth.dns.DnsAccessView;
import org.berth.dns.DnsAccesses;
import org.berth.web.security.CurrentActor;

/** The ways to write records at name servers, for administrators. */
@Named
@RequestScoped
public class DnsListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private DnsAccesses accesses;

    private List<DnsAccessView> all;

    /** By name. */
    public List<DnsAccessView> getAll() {
        if (all == null) {
            all = accesses.list(current.actor());
        }
        return all;
    }
}
