package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import org.berth.jobs.JobFacts;
import org.berth.security.Permission;

/** Installs a copy of a certificate that certbot or acme.sh keeps on this host. Its key never leaves root's side. */
@ApplicationScoped
class ImportRecipe extends InstallRecipe {

    static final String TYPE = "certificate-import";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Permission permission(JobFacts job) {
        return CertificateImport.permission();
    }
}
