package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.berth.audit.Target;
import org.berth.audit.Targets;
import org.berth.platform.NotFound;
import org.berth.security.Actor;

/** Sites as the audit calls them, whether by number or by name. */
@Dependent
class SiteTargets implements Targets {

    @Inject
    private SiteRegister register;

    @Override
    public String type() {
        return "site";
    }

    @Override
    public Optional<Target> find(Actor actor, String reference) {
        try {
            var site = register.visible(actor, reference);
            return Optional.of(new Target(type(), site.id(), site.storedName()));
        } catch (NotFound none) {
            return Optional.empty();
        }
    }
}
