package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.DuplicateKey;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.SecretBox;

/** Begins jobs about a certificate, where one can begin. */
@Dependent
class CertificateJobs {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private CertificateRows rows;

    @Inject
    private JobQueue queue;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** Says no while another job works on the site, or when it shows its visitors nothing. */
    void requireFree(Holder site) {
        requireIdle(site);
        requireServing(site);
    }

    void requireIdle(Holder site) {
        queue.requireIdle(site.id());
    }

    static void requireServing(Holder site) {
        site.hindrance().ifPresent(hindrance -> {
            throw new Conflict(hindrance);
        });
    }

    JobView submit(Actor actor, Holder site, String type, JsonObject input) {
        return queue.submit(
                actor,
                new JobRequest(type, Optional.of(site.id()), site.ownerId(), site.name(), input, Optional.empty()));
    }

    /** Has visitors get one that no authority was asked for here. */
    JobView install(
            Actor actor,
            Holder site,
            BroughtCertificate brought,
            boolean confirmed,
            String type,
            Function<Certificate, JsonObject> input) {
        requireFree(site);
        var rule = new TrustRule(site, rows.trusted(site.id(), clock.instant()));
        TrustRule.require(confirmed, rule.serves(brought.certificate()));
        return raced(site, () -> {
            var certificate = new Certificate(
                    site.id(), nextNumber(site.id()), brought, brought.key().map(box::seal), clock.instant());
            entities.persist(certificate);
            entities.flush();
            return submit(actor, site, type, input.apply(certificate));
        });
    }

    /** Has visitors get what certbot or acme.sh keeps in a folder of this host, where the key stays. */
    JobView takeOver(Actor actor, Holder site, Lineage lineage, boolean confirmed) {
        var brought = lineage.brought(clock.instant());
        brought.requireFor(site.names(), Lineage.FIELD);
        return install(
                actor,
                site,
                brought,
                confirmed,
                ImportRecipe.TYPE,
                certificate -> IssueInput.ofLineage(certificate, lineage));
    }

    int nextNumber(long site) {
        return rows.history(site).stream().findFirst().map(Certificate::number).orElse(0) + 1;
    }

    /** Who asks at the same moment as another is told so, as with jobs. */
    static <T> T raced(Holder site, Supplier<T> change) {
        try {
            return change.get();
        } catch (PersistenceException refused) {
            if (refused instanceof OptimisticLockException || DuplicateKey.isBehind(refused)) {
                throw new Conflict(Problem.of("job-raced", site.name()));
            }
            throw refused;
        }
    }
}
