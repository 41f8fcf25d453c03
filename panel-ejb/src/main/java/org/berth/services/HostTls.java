package org.berth.services;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.Optional;
import org.berth.audit.Audited;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.HostIdentity;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** What all sites of the host take of TLS. The host itself keeps it; for administrators. */
@Stateless
public class HostTls {

    @Inject
    private HostFacts facts;

    @Inject
    private JobQueue queue;

    @Inject
    private HostIdentity host;

    /** What the host is set to, at most some minutes old; what a job of {@link #choose} has changed is seen at once. */
    public TlsProfile profile(Actor actor) {
        actor.require(Permission.on("host", "read"));
        return facts.now().tlsProfile();
    }

    /**
     * Has all sites take this from now on. What is so already is made sure of.
     *
     * @throws Conflict when older browsers would be left out and nobody confirmed that
     */
    @Audited("host:tls")
    public JobView choose(Actor actor, TlsChoice choice) {
        actor.require(Permission.on("host", "tls"));
        if (choice.profile() == TlsProfile.MODERN && !choice.confirmed()) {
            throw new Conflict(Problem.of("tls-modern").at("confirmed"));
        }
        var input = Json.createObjectBuilder()
                .add(TlsRecipe.PROFILE, choice.profile().text())
                .build();
        return queue.submit(
                actor,
                new JobRequest(TlsRecipe.TYPE, Optional.of(TlsRecipe.HOST), 0, host.name(), input, Optional.empty()));
    }
}
