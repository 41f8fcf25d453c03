package org.berth.services;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** What the host has and how it fares, at most some seconds old. */
@Stateless
public class HostStatus {

    @Inject
    private HostFacts facts;

    /** The host. Whoever may create sites sees what concerns them: PHP versions and addresses; the rest is zero. */
    public HostView host(Actor actor) {
        var host = facts.now();
        if (actor.may(Permission.on("host", "read"))) {
            return host;
        }
        actor.require(Permission.on("site", "create"));
        return new HostView(
                host.phpVersions(),
                host.ipv4(),
                host.ipv6(),
                0,
                0,
                List.of(),
                host.quota(),
                host.http3(),
                host.tlsProfile(),
                Map.of(),
                List.of(),
                0,
                0,
                List.of(),
                host.takenAt());
    }
}
