package org.berth.sites;

import java.util.List;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;

/**
 * What somebody wants a new site to be, as typed.
 *
 * @param name host name in either form
 * @param database whether it gets a database of its own
 * @param owner login of the owner, empty for the asker
 * @param phpVersion such as {@code 8.4}, empty for the newest that the host has
 * @param www empty for what suits the name
 * @param aliases further names under which the same is served
 * @param idempotencyKey the asker's own name for this request, so that repeating it makes no second site
 */
public record SiteDraft(
        String name,
        SiteType type,
        boolean database,
        Optional<String> owner,
        Optional<String> phpVersion,
        Optional<WwwChoice> www,
        List<String> aliases,
        Optional<String> idempotencyKey)
        implements Auditable {

    public SiteDraft {
        aliases = List.copyOf(aliases);
    }

    @Override
    public Target auditTarget() {
        return new Target("site", 0, name);
    }

    @Override
    public String auditDetail() {
        return type.text()
                + (database ? ", database" : "")
                + owner.map(login -> ", owner " + login).orElse("");
    }

    /** A site with everything else as usual. */
    public static SiteDraft of(String name, SiteType type) {
        return new SiteDraft(
                name, type, false, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
