package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.HealthSource;

/** Says in time that certificates are not renewed. */
@ApplicationScoped
class CertificateHealth implements HealthSource {

    @Inject
    private Certificates certificates;

    @Override
    public List<Problem> reasons() {
        var count = certificates.needingAttention(Actor.SYSTEM);
        return count == 0 ? List.of() : List.of(Problem.of("health-certificates", count));
    }
}
