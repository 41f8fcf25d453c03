package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.jobs.JobView;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** Has one of many sites take a certificate over, in a transaction of its own: what one is refused holds up no other. */
@Stateless
public class CertificateImport {

    @Inject
    private Holders holders;

    @Inject
    private CertificateJobs jobs;

    /** Has visitors of a site get what certbot or acme.sh keeps in a folder of this host, unless it would lock them out. */
    @Audited("certificate:import")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public JobView take(Actor actor, @AuditTarget String site, Lineage lineage) {
        var found = holders.site(actor, site);
        actor.require(permission());
        return jobs.takeOver(actor, found, lineage, false);
    }

    /** Administrators': the files are root's. */
    static Permission permission() {
        return Permission.on("certificate", "import");
    }
}
