package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.berth.certificates.Certificates;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Certificates of all sites. */
@Path("certificates")
@RequestScoped
@Tag(name = "certificates", description = "Certificates of sites, issued by an authority and renewed by the clock")
@Produces(MediaType.APPLICATION_JSON)
public class CertificatesResource {

    @Inject
    private Certificates certificates;

    @Inject
    private CurrentActor current;

    @GET
    @Operation(
            summary = "List the certificates of all sites",
            description = "Sort: site, owner, authority, notAfter, nextAt, failures."
                    + " Filters: attention (true), authority, owner. For administrators")
    public Rows<CertificateRowJson> list(@BeanParam PageQuery page) {
        return Rows.of(
                certificates.list(current.actor(), page.request()),
                row -> CertificateRowJson.of(row, current.locale()));
    }
}
