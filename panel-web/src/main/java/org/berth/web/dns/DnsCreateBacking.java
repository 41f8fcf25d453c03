package org.berth.web.dns;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.security.Permission;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** A way to write records that an administrator is about to add; the address says of which kind. */
@Named
@RequestScoped
public class DnsCreateBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private DnsForm form;

    public DnsForm getForm() {
        if (form == null) {
            var named = request.getParameter("kind");
            form = new DnsForm(Stream.of(DnsKind.values())
                    .filter(kind -> kind.text().equals(named))
                    .findFirst()
                    .orElse(DnsKind.RFC2136));
        }
        return form;
    }

    /** As the API writes them. */
    public List<String> getKinds() {
        return Stream.of(DnsKind.values()).map(DnsKind::text).toList();
    }

    /** Whether the actor may be here at all. */
    public boolean isAllowed() {
        current.actor().require(Permission.on("dns-access", "create"));
        return true;
    }

    public String create() {
        var made = accesses.create(current.actor(), getForm().draft());
        notices.tell(say.text("dns.created", made.name()));
        return Redirect.to("/dns/" + made.id());
    }
}
