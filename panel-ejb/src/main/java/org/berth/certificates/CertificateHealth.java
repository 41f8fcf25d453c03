package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.HealthSource;

/** Says in time that certificates are not renewed. */
@ApplicationScoped
class CertificateHealth implements HealthSource {

    @Inject
    private Certificates certificates;

    @Inject
    private AcmeDirectories directories;

    @Override
    public List<Problem> reasons() {
        var count = certificates.needingAttention(Actor.SYSTEM);
        var sites = count == 0 ? Stream.<Problem>empty() : Stream.of(Problem.of("health-certificates", count));
        var stopped = directories.list(Actor.SYSTEM).stream()
                .filter(authority -> authority.problem().isPresent())
                .map(authority -> Problem.of("health-authority", authority.name()));
        return Stream.concat(sites, stopped).toList();
    }
}
