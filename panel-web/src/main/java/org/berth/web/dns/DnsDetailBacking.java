package org.berth.web.dns;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.dns.DnsAccessView;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsTest;
import org.berth.web.frame.Address;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** One way to write records, for administrators. */
@Named
@RequestScoped
public class DnsDetailBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private DnsAccessView access;
    private DnsForm form;
    private DnsTest outcome;

    public DnsAccessView getAccess() {
        if (access == null) {
            access = accesses.find(current.actor(), address.getItem());
        }
        return access;
    }

    public DnsForm getForm() {
        if (form == null) {
            form = new DnsForm(getAccess());
        }
        return form;
    }

    /** What came of trying it, null unless that was just now. */
    public DnsTest getOutcome() {
        return outcome;
    }

    /** Tries what is stored. */
    public String test() {
        outcome = accesses.test(current.actor(), address.getItem());
        return "";
    }

    public String save() {
        accesses.update(current.actor(), address.getItem(), getForm().draft());
        notices.tell(say.text("saved"));
        return Redirect.to("/dns/" + getAccess().id());
    }

    /** Forgets it. */
    public String delete() {
        var deleted = accesses.delete(current.actor(), address.getItem());
        notices.tell(say.text("dns.deleted", deleted.name()));
        return Redirect.to("/dns");
    }
}
