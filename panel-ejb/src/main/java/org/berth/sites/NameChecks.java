package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** Judges names while they are typed, by the rules by which they are taken later. */
@Dependent
class NameChecks {

    @Inject
    private NameRegistry registry;

    /** The name of a new site. */
    NameCheck name(Actor actor, String typed) {
        actor.require(Permission.on("site", "create"));
        return check(typed, name -> objection(actor, name));
    }

    /** Aliases of a new site; what is wrong with its name or www is said of those. */
    List<NameCheck> aliases(Actor actor, String typedName, String www, List<String> typed) {
        actor.require(Permission.on("site", "create"));
        return aliases(own(typedName, www), typed, name -> objection(actor, name));
    }

    /** Aliases of a site that there is. */
    List<NameCheck> aliases(Actor actor, Site site, String www, List<String> typed) {
        actor.require(site.permission("update"));
        return aliases(
                own(site.storedName(), www),
                typed,
                name -> registry.objection(name, site.id(), site.ownerId(), actor.isAdministrator()));
    }

    /** No more of them than a site may have, and a word about the rest. */
    private static List<NameCheck> aliases(
            List<DomainName> own, List<String> typed, Function<DomainName, Optional<Problem>> objection) {
        var seen = new ArrayList<>(own);
        var checks = new ArrayList<NameCheck>();
        for (var alias : typed) {
            if (checks.size() == SiteNames.MOST_ALIASES) {
                var problem = Problem.of("aliases-too-many", typed.size(), SiteNames.MOST_ALIASES);
                checks.add(new NameCheck(alias, alias, Optional.of(problem)));
                break;
            }
            checks.add(check(alias, name -> twice(name, seen).or(() -> objection.apply(name))));
        }
        return checks;
    }

    private static Optional<Problem> twice(DomainName name, List<DomainName> seen) {
        if (seen.contains(name)) {
            return Optional.of(Problem.of("alias-twice", name.unicode()));
        }
        seen.add(name);
        return Optional.empty();
    }

    private Optional<Problem> objection(Actor actor, DomainName name) {
        return registry.objection(name, 0, actor.accountId(), actor.isAdministrator());
    }

    private static List<DomainName> own(String typed, String www) {
        try {
            var name = DomainName.of(typed);
            return SiteNames.own(name, www.isEmpty() ? SiteNames.usualWww(name) : WwwChoice.of(www));
        } catch (InvalidInput unfinished) {
            return List.of();
        }
    }

    private static NameCheck check(String typed, Function<DomainName, Optional<Problem>> objection) {
        try {
            var name = DomainName.of(typed);
            return new NameCheck(name.ascii(), name.unicode(), objection.apply(name));
        } catch (InvalidInput refused) {
            return new NameCheck(typed, typed, Optional.of(refused.problem()));
        }
    }
}
